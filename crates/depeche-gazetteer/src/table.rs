//! Data files: tab-separated, `#` for comments, the first other line names the columns.

/// A data file that ships with the crate.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table {
    text: &'static str,
}

/// One row, its cells in the order of the header.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    cells: Vec<&'static str>,
}

impl Row {
    /// The cell of a column; empty where the row ends before it.
    pub fn cell(&self, column: usize) -> &'static str {
        self.cells.get(column).copied().unwrap_or("")
    }

    /// The entries of a cell, separated by semicolons.
    pub fn list(&self, column: usize) -> impl Iterator<Item = &'static str> + use<> {
        entries(self.cell(column))
    }

    /// As [`Row::list`], with the empty entries in their places.
    pub fn places(&self, column: usize) -> impl Iterator<Item = &'static str> + use<> {
        self.cell(column).split(';').map(str::trim)
    }
}

/// The parts of a list separated by semicolons.
pub(crate) fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split(';').map(str::trim).filter(|entry| !entry.is_empty())
}

impl Table {
    /// The table of a file's text.
    pub const fn new(text: &'static str) -> Table {
        Table { text }
    }

    /// The rows below the header.
    pub fn rows(self) -> impl Iterator<Item = Row> {
        let lines = self.text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
        lines.skip(1).map(|line| Row { cells: line.split('\t').map(str::trim).collect() })
    }

    /// The text of the file.
    #[cfg(test)]
    pub fn text(self) -> &'static str {
        self.text
    }
}

pub(crate) const STATES: Table = Table::new(include_str!("../data/states.tsv"));
pub(crate) const GROUPS: Table = Table::new(include_str!("../data/groups.tsv"));
pub(crate) const SEATS: Table = Table::new(include_str!("../data/seats.tsv"));
pub(crate) const ORGANISATIONS: Table = Table::new(include_str!("../data/organisations.tsv"));
pub(crate) const TOWNS: Table = Table::new(include_str!("../data/towns.tsv"));
pub(crate) const COORDINATES: Table = Table::new(include_str!("../data/coordinates.tsv"));
pub(crate) const MEDIA: Table = Table::new(include_str!("../data/media.tsv"));
pub(crate) const OFFICES: Table = Table::new(include_str!("../data/offices.tsv"));
pub(crate) const PEOPLE: Table = Table::new(include_str!("../data/people.tsv"));
pub(crate) const GIVEN: Table = Table::new(include_str!("../data/given.tsv"));
pub(crate) const RUSSIAN: Table = Table::new(include_str!("../data/russian.tsv"));

/// Every file.
#[cfg(test)]
pub(crate) const ALL: [Table; 11] =
    [STATES, GROUPS, SEATS, ORGANISATIONS, TOWNS, COORDINATES, MEDIA, OFFICES, PEOPLE, GIVEN, RUSSIAN];
