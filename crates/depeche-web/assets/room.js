// What makes the pages handier. Each works without; nothing is loaded, nothing is stored.
"use strict";

// j and k go from item to item, o opens one, / goes to the search.
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

// A list is filtered as soon as something is chosen.
(() => {
  const form = document.querySelector("form.filters");
  if (!form) return;
  form.addEventListener("change", (event) => {
    if (event.target.matches("select")) form.requestSubmit();
  });
  // An address holds what was filled in and nothing else.
  form.addEventListener("submit", () => {
    for (const field of form.elements) if (field.name && !field.value) field.disabled = true;
  });
  addEventListener("pageshow", () => {
    for (const field of form.elements) field.disabled = false;
  });
})();
