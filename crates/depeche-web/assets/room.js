// What makes the pages handier. Each works without; nothing is loaded from elsewhere, nothing is stored.
"use strict";

// j and k go from item to item, / goes to the search.
(() => {
  const items = Array.from(document.querySelectorAll("[data-item]"));
  let here = -1;
  const go = (to) => {
    if (!items.length) return;
    if (here >= 0) items[here].classList.remove("here");
    here = Math.max(0, Math.min(items.length - 1, to));
    items[here].classList.add("here");
    items[here].scrollIntoView({ block: "nearest" });
    const link = items[here].querySelector("a");
    if (link) link.focus({ preventScroll: true });
  };
  document.addEventListener("keydown", (event) => {
    const busy = event.target.closest("input, select, textarea, [contenteditable]");
    if (busy || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") go(here + 1);
    else if (event.key === "k") go(here < 0 ? items.length - 1 : here - 1);
    else if (event.key === "/") {
      const field = document.querySelector(".find input");
      if (!field) return;
      field.focus();
      field.select();
    } else return;
    event.preventDefault();
  });
})();

// Files are dropped anywhere on the page; what is sent shows how far it is, and what is too large is not sent.
(() => {
  const form = document.getElementById("bring");
  if (!form) return;
  const files = form.elements.namedItem("files");
  const zone = form.querySelector(".drop");
  const chosen = document.getElementById("chosen");
  const size = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);
  const total = () => Array.from(files.files).reduce((sum, file) => sum + file.size, 0);
  const tell = () => {
    const too = total() > Number(form.dataset.most);
    const names = Array.from(files.files, (file) => file.name);
    const more = names.length > 8 ? ` … (${names.length})` : "";
    chosen.textContent = names.length ? `${names.slice(0, 8).join(", ")}${more} · ${size(total())}` : "";
    if (too) chosen.textContent += ` — ${form.dataset.large}`;
    files.setCustomValidity(too ? form.dataset.large : "");
  };
  files.addEventListener("change", tell);
  const carries = (event) => event.dataTransfer && Array.from(event.dataTransfer.types).includes("Files");
  addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    zone.classList.add("over");
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) zone.classList.remove("over");
  });
  addEventListener("drop", (event) => {
    zone.classList.remove("over");
    if (!carries(event)) return;
    event.preventDefault();
    files.files = event.dataTransfer.files;
    tell();
    files.scrollIntoView({ block: "nearest" });
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    const bar = document.createElement("progress");
    bar.setAttribute("aria-label", button.textContent);
    button.after(" ", bar);
    button.disabled = true;
    const sent = new XMLHttpRequest();
    sent.open("POST", form.action);
    sent.upload.addEventListener("progress", (at) => {
      if (at.lengthComputable && at.loaded < at.total) {
        bar.max = at.total;
        bar.value = at.loaded;
      } else bar.removeAttribute("value");
    });
    const fail = () => {
      bar.remove();
      button.disabled = false;
    };
    sent.addEventListener("load", () => {
      if (sent.status === 200 && sent.responseURL !== form.action) return location.assign(sent.responseURL);
      // The page of the fault stands in the place of this one.
      const told = new DOMParser().parseFromString(sent.responseText, "text/html").querySelector("main");
      if (told) document.querySelector("main").replaceChildren(...told.children);
      else fail();
    });
    sent.addEventListener("error", fail);
    sent.send(new FormData(form));
  });
})();

// A task under way is asked how far it is.
(() => {
  const task = document.getElementById("adding");
  if (!task || !task.dataset.at) return;
  const status = task.querySelector("[role=status]");
  let before = "";
  const ask = async () => {
    const answer = await fetch(task.dataset.at, { cache: "no-store" }).catch(() => null);
    if (answer && answer.ok) {
      const now = await answer.json();
      const seen = `${now.phase} ${now.reports} ${now.fetched} ${now.problems.length}`;
      if (now.phase === "done" || now.phase === "failed") return location.reload();
      if (seen !== before) {
        // The page itself says it in the reader's language.
        const page = await (await fetch(location.href, { cache: "no-store" })).text();
        const main = new DOMParser().parseFromString(page, "text/html").querySelector("main");
        status.replaceChildren(...main.querySelector("#adding [role=status]").childNodes);
        document.getElementById("adding-reports").textContent = main.querySelector("#adding-reports").textContent;
      }
      before = seen;
    }
    setTimeout(ask, 700);
  };
  ask();
})();

// A judgement that is recorded is asked for until the dossier shows it.
(() => {
  const waiting = document.getElementById("waiting");
  if (!waiting) return;
  const ask = async () => {
    const answer = await fetch(waiting.dataset.at, { cache: "no-store" }).catch(() => null);
    if (answer && answer.ok && (await answer.json()).outcome !== "waiting") return location.reload();
    setTimeout(ask, 1000);
  };
  ask();
})();

// A list follows its filters as they are typed. Its address holds what was filled in and nothing else.
(() => {
  const form = document.querySelector("form.filters[method=get]");
  const results = document.getElementById("results");
  if (!form || !results) return;
  const address = () => {
    const asked = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      const typing = document.activeElement;
      // A word that is being typed is the beginning of one.
      const open = name === "q" && typing && typing.name === "q" && /[\p{L}\p{N}]{3,}$/u.test(value);
      if (value.trim()) asked.append(name, open ? `${value}*` : value);
    }
    const query = asked.toString();
    return query ? `${form.getAttribute("action")}?${query}` : form.getAttribute("action");
  };
  let asked = 0;
  const show = async () => {
    const to = address();
    const turn = (asked += 1);
    results.setAttribute("aria-busy", "true");
    const answer = await fetch(to, { cache: "no-store" }).catch(() => null);
    if (turn !== asked) return;
    results.removeAttribute("aria-busy");
    // A day or a name that is half typed asks for nothing yet.
    if (!answer || !answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("results");
    if (turn !== asked || !fresh) return;
    history.replaceState(null, "", to);
    // What tells the count stays, so that it is read out.
    const status = results.querySelector("[role=status]");
    const told = fresh.querySelector("[role=status]");
    while (results.lastChild !== status && results.lastChild) results.lastChild.remove();
    while (results.firstChild !== status && results.firstChild) results.firstChild.remove();
    if (status && told) status.textContent = told.textContent;
    if (told) told.remove();
    results.append(...fresh.childNodes);
    dispatchEvent(new Event("shown"));
  };
  let wait = 0;
  form.addEventListener("input", (event) => {
    clearTimeout(wait);
    wait = setTimeout(show, event.target.matches("select") ? 0 : 250);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(wait);
    show();
  });
})();

// What is wider than the screen begins where it says most: times with the latest, pictures with their middle.
(() => {
  const show = () => {
    for (const wide of document.querySelectorAll(".timeline, .scroll:has(.months)")) wide.scrollLeft = wide.scrollWidth;
    for (const wide of document.querySelectorAll(".network, .map")) wide.scrollLeft = (wide.scrollWidth - wide.clientWidth) / 2;
  };
  addEventListener("shown", show);
  show();
  // So does the row of sections: with the one that is open.
  const row = document.querySelector(".sections ul");
  const here = document.querySelector(".sections a[aria-current]");
  if (row && here) row.parentElement.scrollLeft = here.offsetLeft - row.offsetLeft - 24;
})();

// A period is chosen by dragging over the timeline.
(() => {
  const form = document.querySelector("form.filters[method=get]");
  const since = document.getElementById("f-since");
  const until = document.getElementById("f-until");
  if (!form || !since || !until) return;
  const ready = () => {
    for (const hint of document.querySelectorAll("[data-script]")) hint.hidden = false;
  };
  addEventListener("shown", ready);
  ready();
  const day = (svg, x) => {
    const stretches = svg.dataset.axis.split(";").map((one) => one.split(" ").map(Number));
    const [left, first, end] = stretches.findLast(([left]) => left <= x) ?? stretches[0];
    const number = Math.floor(first + (x - left) / Number(svg.dataset.scale));
    return new Date(Math.max(first, Math.min(end - 1, number)) * 86_400_000).toISOString().slice(0, 10);
  };
  const at = (svg, event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse()).x;
  document.addEventListener("pointerdown", (event) => {
    const svg = event.target.closest("svg.tl[data-axis]");
    if (!svg || !svg.dataset.axis || event.pointerType === "touch" || event.button !== 0) return;
    const from = at(svg, event);
    const band = document.createElementNS(svg.namespaceURI, "rect");
    band.setAttribute("class", "tl-brush");
    band.setAttribute("y", "0");
    band.setAttribute("height", String(svg.viewBox.baseVal.height));
    const move = (moved) => {
      const to = at(svg, moved);
      if (Math.abs(to - from) < 4 && !band.isConnected) return;
      if (!band.isConnected) svg.append(band);
      band.setAttribute("x", String(Math.min(from, to)));
      band.setAttribute("width", String(Math.abs(to - from)));
    };
    const end = (ended) => {
      removeEventListener("pointermove", move);
      if (!band.isConnected) return;
      band.remove();
      const to = at(svg, ended);
      // What lies under the pointer is not opened.
      const ignore = (click) => {
        click.preventDefault();
        click.stopPropagation();
      };
      addEventListener("click", ignore, { capture: true });
      setTimeout(() => removeEventListener("click", ignore, { capture: true }), 0);
      since.value = day(svg, Math.min(from, to));
      until.value = day(svg, Math.max(from, to));
      form.requestSubmit();
    };
    event.preventDefault();
    addEventListener("pointermove", move);
    addEventListener("pointerup", end, { once: true });
  });
})();
