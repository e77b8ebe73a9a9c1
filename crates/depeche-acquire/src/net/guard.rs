//! Where requests may go: out to the public network, and nowhere else unless one's own network is allowed.
//!
//! Names are resolved by a resolver of ours that hands on no address but checked ones, and the connection is made to one
//! of these: a name that leads elsewhere at its next look-up gains nothing. Addresses written as numbers do not pass
//! through a resolver; the parser of addresses brings every way of writing them (decimal, octal, hexadecimal, short) into
//! one, which is checked before the request.

use std::future::Future;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper_util::client::legacy::connect::dns::Name;
use tower_service::Service;
use url::{Host, Url};

use super::failure::{Failure, FailureKind};

/// What may be asked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Guard {
    pub(crate) allow_private: bool,
}

/// Networks of IPv4 that are not the public one: first address, bits. From the registry of special-purpose addresses
/// (RFC 6890 and what it was amended by).
const RESERVED_V4: [(Ipv4Addr, u32); 15] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

/// The same of IPv6, within the global range 2000::/3: protocols of tunnels and tests, and documentation.
const RESERVED_V6: [(Ipv6Addr, u32); 4] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xDB8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    (Ipv6Addr::new(0x3FFF, 0, 0, 0, 0, 0, 0, 0), 20),
];

/// Addresses at which providers of machines tell their guests secrets. Never asked, whatever is allowed.
const METADATA: [IpAddr; 5] = [
    IpAddr::V4(Ipv4Addr::new(169, 254, 169, 254)),
    IpAddr::V4(Ipv4Addr::new(169, 254, 170, 2)),
    IpAddr::V4(Ipv4Addr::new(100, 100, 100, 200)),
    IpAddr::V4(Ipv4Addr::new(168, 63, 129, 16)),
    IpAddr::V6(Ipv6Addr::new(0xFD00, 0xEC2, 0, 0, 0, 0, 0, 0x254)),
];

impl Guard {
    /// Checks all of an address that shows without asking the name servers.
    pub(crate) fn check(self, address: &Url) -> Result<(), Failure> {
        if !matches!(address.scheme(), "http" | "https") {
            let detail = format!("addresses of the kind ‘{}:’ are not fetched", address.scheme());
            return Err(Failure::new(FailureKind::BadAddress, detail));
        }
        if !address.username().is_empty() || address.password().is_some() {
            let detail = "it has a name or password in it, which are not sent; leave them out";
            return Err(Failure::new(FailureKind::BadAddress, detail));
        }
        let ip = match address.host() {
            Some(Host::Ipv4(ip)) => IpAddr::V4(ip),
            Some(Host::Ipv6(ip)) => IpAddr::V6(ip),
            Some(Host::Domain(_)) => return Ok(()),
            None => return Err(Failure::new(FailureKind::BadAddress, "it names no host")),
        };
        if self.permits(ip) { Ok(()) } else { Err(refusal(ip)) }
    }

    /// Whether a request may be sent there.
    pub(crate) fn permits(self, ip: IpAddr) -> bool {
        let ip = unwrapped(ip);
        !never_asked(ip) && (self.allow_private || is_public(ip))
    }
}

/// Whether an address is never asked, whatever is allowed.
fn never_asked(ip: IpAddr) -> bool {
    METADATA.contains(&ip) || ip.is_unspecified() || ip.is_multicast()
}

/// The address of IPv4 that one of IPv6 stands for: mapped (::ffff:0:0/96), or translated (64:ff9b::/96).
fn unwrapped(ip: IpAddr) -> IpAddr {
    let IpAddr::V6(six) = ip else { return ip };
    if let Some(four) = six.to_ipv4_mapped() {
        return IpAddr::V4(four);
    }
    match six.segments() {
        [0x64, 0xFF9B, 0, 0, 0, 0, high, low] => {
            IpAddr::V4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)))
        }
        _ => ip,
    }
}

fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            !RESERVED_V4.iter().any(|(net, bits)| (ip.to_bits() ^ net.to_bits()) >> (32 - bits) == 0)
        }
        IpAddr::V6(ip) => {
            ip.to_bits() >> 125 == 0b001
                && !RESERVED_V6.iter().any(|(net, bits)| (ip.to_bits() ^ net.to_bits()) >> (128 - bits) == 0)
        }
    }
}

/// The failure of a request that may not be sent.
pub(crate) fn refusal(ip: IpAddr) -> Failure {
    let why = match unwrapped(ip) {
        own if METADATA.contains(&own) => "at which clouds keep secrets of their guests; it is never asked",
        own if never_asked(own) => "which is no address of one machine; it is never asked",
        _ => {
            "which is no address of the public network; nothing was asked there. For a network of your own there is \
             --allow-private"
        }
    };
    let detail = format!("it leads to {ip}, {why}");
    Failure::new(FailureKind::Private, detail)
}

/// Looks names up and hands on the addresses that the guard permits.
#[derive(Debug, Clone)]
pub(crate) struct Resolver(pub(crate) Guard);

/// A name all of whose addresses are refused; carried within an [`io::Error`].
#[derive(Debug)]
pub(crate) struct AllRefused(pub(crate) IpAddr);

impl std::fmt::Display for AllRefused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "it leads to {}", self.0)
    }
}

impl std::error::Error for AllRefused {}

/// A name that has no address; carried within an [`io::Error`].
#[derive(Debug)]
pub(crate) struct NoSuchName;

impl std::fmt::Display for NoSuchName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("no host of that name")
    }
}

impl std::error::Error for NoSuchName {}

/// The addresses of a name that may be asked; `found` are all that it has.
fn permitted(
    guard: Guard,
    found: impl Iterator<Item = SocketAddr>,
) -> io::Result<std::vec::IntoIter<SocketAddr>> {
    let (permitted, refused): (Vec<_>, Vec<_>) = found.partition(|address| guard.permits(address.ip()));
    match (permitted.is_empty(), refused.first()) {
        (true, Some(one)) => Err(io::Error::other(AllRefused(one.ip()))),
        (true, None) => Err(io::Error::other(NoSuchName)),
        _ => Ok(permitted.into_iter()),
    }
}

impl Service<Name> for Resolver {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let guard = self.0;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await;
            permitted(guard, found.map_err(|_| io::Error::other(NoSuchName))?)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLOSED: Guard = Guard { allow_private: false };
    const OPEN: Guard = Guard { allow_private: true };

    fn verdict(guard: Guard, address: &str) -> Result<(), FailureKind> {
        guard.check(&Url::parse(address).unwrap()).map_err(|failure| failure.kind)
    }

    #[test]
    fn every_way_of_writing_a_private_address_is_refused() {
        for host in [
            "127.0.0.1",
            "127.1",
            "2130706433",
            "0x7f000001",
            "0x7F.0.0.1",
            "0177.0.0.1",
            "017700000001",
            "127.0.0.1.",
            "127.0.1",
            "0",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "100.64.0.1",
            "100.127.255.254",
            "169.254.169.254",
            "2852039166",
            "0xA9FEA9FE",
            "0251.0376.0251.0376",
            "169.254.43518",
            "198.18.0.1",
            "192.0.2.1",
            "198.51.100.7",
            "203.0.113.7",
            "224.0.0.1",
            "239.255.255.250",
            "255.255.255.255",
            "240.0.0.1",
            "168.63.129.16",
            "192.0.0.170",
            "[::1]",
            "[::]",
            "[::ffff:127.0.0.1]",
            "[::ffff:a9fe:a9fe]",
            "[::127.0.0.1]",
            "[0:0:0:0:0:ffff:7f00:1]",
            "[64:ff9b::127.0.0.1]",
            "[64:ff9b::a9fe:a9fe]",
            "[fe80::1]",
            "[fc00::1]",
            "[fd00:ec2::254]",
            "[ff02::1]",
            "[2002:7f00:1::]",
            "[2001:db8::1]",
            "[2001::1]",
            "[fec0::1]",
            "[100::1]",
            "[3fff::1]",
            "①②⑦.⓪.⓪.①",
            "127。0。0。1",
            "%31%32%37.0.0.1",
        ] {
            assert_eq!(verdict(CLOSED, &format!("http://{host}/")), Err(FailureKind::Private), "{host}");
        }
    }

    #[test]
    fn public_addresses_pass() {
        for host in [
            "1.1.1.1",
            "172.32.0.1",
            "100.128.0.1",
            "192.0.1.1",
            "[2606:4700::1111]",
            "[::ffff:1.1.1.1]",
            "[64:ff9b::1.1.1.1]",
            "example.org",
            "localhost",
        ] {
            assert_eq!(verdict(CLOSED, &format!("https://{host}/")), Ok(()), "{host}");
        }
    }

    #[test]
    fn ones_own_network_may_be_allowed_and_secrets_never() {
        assert_eq!(verdict(OPEN, "http://127.0.0.1:8080/"), Ok(()));
        assert_eq!(verdict(OPEN, "http://[fd12::1]/"), Ok(()));
        for host in
            ["169.254.169.254", "[::ffff:169.254.169.254]", "168.63.129.16", "[fd00:ec2::254]", "0.0.0.0"]
        {
            assert_eq!(verdict(OPEN, &format!("http://{host}/")), Err(FailureKind::Private), "{host}");
        }
    }

    #[test]
    fn other_schemes_and_passwords_are_refused() {
        for address in
            ["ftp://example.org/", "file:///etc/passwd", "data:text/html,x", "http://a:b@example.org/"]
        {
            assert_eq!(verdict(OPEN, address), Err(FailureKind::BadAddress), "{address}");
        }
    }

    #[test]
    fn a_name_gives_only_what_is_permitted() {
        let sockets = |ips: &[&str]| -> Vec<SocketAddr> {
            ips.iter().map(|ip| SocketAddr::new(ip.parse().unwrap(), 0)).collect()
        };
        let given = |ips| permitted(CLOSED, sockets(ips).into_iter()).map(|left| left.collect::<Vec<_>>());
        assert_eq!(given(&["10.0.0.1", "1.1.1.1", "::1"]).unwrap(), sockets(&["1.1.1.1"]));
        let carries = |error: io::Error| error.get_ref().is_some_and(|inner| inner.is::<AllRefused>());
        assert!(carries(given(&["127.0.0.1", "::ffff:169.254.169.254"]).unwrap_err()));
        assert!(!carries(given(&[]).unwrap_err()));
    }
}
