// The organisation picker (data-picker="address of its list"): searches while typing, opens levels in place.
// Keys: ↓ from the search into the list, ↑ ↓ between rows, → opens a row, ← goes up, Enter takes the row.
// With data-picker-only the list offers branches, targets of transfers or superiors alone, without data-picker-but.
// With data-picker-for="id" a choice fills that hidden input and fires change; without it the link is followed.
const PAUSE = 250;

function enhance(picker) {
  const list = picker.querySelector("[data-picker-list]");
  const search = picker.querySelector("[data-picker-search]");
  const input = search.querySelector("input");
  let asked = 0;
  let timer = 0;

  const rows = () => Array.from(list.querySelectorAll("[data-picker-row]"));

  async function look(query, focus) {
    const mine = (asked += 1);
    list.setAttribute("aria-busy", "true");
    try {
      const asks = new URLSearchParams(query);
      if (picker.dataset.pickerOnly) asks.set("only", picker.dataset.pickerOnly);
      if (picker.dataset.pickerBut) asks.set("but", picker.dataset.pickerBut);
      const answer = await fetch(`${picker.dataset.picker}?${asks}`, { headers: { "X-Requested-With": "XMLHttpRequest" } });
      const html = await answer.text();
      if (mine !== asked) return;
      if (!answer.ok && answer.status !== 429) throw new Error("no list");
      list.innerHTML = html;
      if (focus && rows()[0]) rows()[0].focus();
    } catch {
      if (mine === asked) window.location.search = query;
    } finally {
      if (mine === asked) list.removeAttribute("aria-busy");
    }
  }

  function choose(link) {
    const target = document.getElementById(picker.dataset.pickerFor);
    target.value = link.dataset.pickerChoose;
    target.dataset.label = link.dataset.pickerLabel;
    target.dispatchEvent(new Event("change", { bubbles: true }));
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => look(`?${new URLSearchParams({ q: input.value.trim() })}`), PAUSE);
  });

  search.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    look(`?${new URLSearchParams({ q: input.value.trim() })}`);
  });

  list.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const way = event.target.closest("[data-picker-look]");
    const choice = event.target.closest("[data-picker-choose]");
    if (way) {
      event.preventDefault();
      if (way.search === "" || way.search === "?") input.value = "";
      look(way.search, true);
    } else if (choice && picker.dataset.pickerFor) {
      event.preventDefault();
      choose(choice);
    }
  });

  picker.addEventListener("keydown", (event) => {
    const all = rows();
    const at = all.indexOf(event.target);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && (at >= 0 || (event.target === input && step > 0))) {
      event.preventDefault();
      (all[at + step] || (at + step < 0 ? input : all[at]) || input).focus();
    } else if (event.key === "ArrowRight" && at >= 0) {
      const open = event.target.closest("li").querySelector("[data-picker-open]");
      if (open) open.click();
    } else if (event.key === "ArrowLeft" && event.target !== input) {
      const up = list.querySelector("[data-picker-up]");
      if (up) up.click();
    }
  });
}

for (const picker of document.querySelectorAll("[data-picker]")) enhance(picker);
