// The list of cases: rows to mark with the keyboard, to choose with X, to open with Enter.
// What is marked and chosen is kept by case, so a list that moves under the hand moves nothing else.
const kept = new WeakMap();
const WAIT_MS = 250;
const COLUMNS = [
  ["clock", "Clock", "due"], ["severity", "Severity", "priority"], ["case", "Case", null], ["why", "Why", null],
  ["channel", "Channel", null], ["loss", "Loss", "loss"], ["alerts", "Alerts", null], ["age", "Age", "age"],
  ["who", "With", null],
];

export default function (component) {
  const { parentElement: root, data, setStateValue, setTriggerValue } = component;
  let my = kept.get(root);
  if (!my) {
    my = { chosen: new Set(), cursor: null, anchor: null, round: data.round, timer: 0, drawn: "" };
    kept.set(root, my);
  }
  const ids = data.rows.map((row) => row.id);
  const send = () => { clearTimeout(my.timer); my.timer = 0; setStateValue("current", my.cursor); };
  const flush = () => { if (my.timer) send(); };
  const tell = () => setStateValue("chosen", { round: my.round, ids: [...my.chosen] });

  if (my.round !== data.round) { my.round = data.round; my.chosen.clear(); }
  if (my.cursor === null) my.cursor = ids.includes(data.cursor) ? data.cursor : ids[0] ?? null;
  if (ids.length && !ids.includes(my.cursor)) { my.cursor = ids[Math.min(my.index ?? 0, ids.length - 1)]; send(); }
  my.index = ids.indexOf(my.cursor);
  draw();

  function draw() {
    const now = JSON.stringify([data, my.cursor, [...my.chosen]]);
    if (now === my.drawn) return;
    my.drawn = now;
    const frame = root.querySelector(".frame");
    const top = frame ? frame.scrollTop : 0;
    const held = root.activeElement ?? root.getRootNode().activeElement;
    const had = held && held.dataset ? held.dataset.focus : null;
    const place = root.querySelector("#list") ?? root;
    place.innerHTML =
      `<div class="frame" tabindex="0" role="region" aria-label="${clean(data.label)}"><table><thead><tr>` +
      `<th class="check"><input type="checkbox" data-act="page" data-focus="page" aria-label="Choose all rows of this page"${ids.length && ids.every(isChosen) ? " checked" : ""}></th>` +
      COLUMNS.map(heading).join("") + `</tr></thead><tbody>${data.rows.map(line).join("")}</tbody></table></div>`;
    place.querySelector(".frame").scrollTop = top;
    if (had) place.querySelector(`[data-focus="${CSS.escape(had)}"]`)?.focus({ preventScroll: true });
  }
  function heading([name, label, order]) {
    const sorted = order && order === data.order;
    const text = order ? `<button data-act="order" data-order="${order}" data-focus="by-${order}">${label}${sorted ? " \u2193" : ""}</button>` : label;
    return `<th class="${name}"${sorted ? ' aria-sort="descending"' : ""} scope="col">${text}</th>`;
  }
  function isChosen(id) { return data.all || my.chosen.has(id); }
  function line(row) {
    const marks = [row.id === my.cursor ? "cursor" : "", isChosen(row.id) ? "chosen" : "", row.changed ? "changed" : "", row.mine ? "mine" : ""];
    const id = clean(row.id);
    return `<tr data-id="${id}" class="${marks.join(" ")}"${row.id === my.cursor ? ' aria-current="true"' : ""}>` +
      `<td class="check"><input type="checkbox" data-act="choose" data-focus="${id}" aria-label="Choose ${id}"${isChosen(row.id) ? " checked" : ""}></td>` +
      `<td class="clock"><b class="${clean(row.clock)}">${clean(row.clockWord)}</b><span>${clean(row.left)}</span></td>` +
      `<td class="severity ${clean(row.severity)}"><i></i>${clean(row.severityWord)}${row.level ? `<span title="${clean(row.levelWord)}"> \u2191${row.level}</span>` : ""}</td>` +
      `<td class="case"><a href="#" data-act="open" data-focus="open-${id}">${id}</a><span>${clean(row.subject)}</span></td>` +
      `<td class="why" title="${clean(row.why)}"><p>${row.changed ? `<span class="now">${clean(row.changed)}. </span>` : ""}<b>${clean(row.kind)}</b> ${clean(row.why)}</p></td>` +
      `<td class="channel">${clean(row.channel)}</td><td class="loss" title="${clean(row.lossExact)}">${clean(row.loss)}</td>` +
      `<td class="alerts">${clean(row.alerts)}</td><td class="age">${clean(row.age)}</td><td class="who">${clean(row.who)}</td></tr>`;
  }
  function clean(text) {
    const marks = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
    return String(text ?? "").replace(/[&<>"']/g, (mark) => marks[mark]);
  }
  function mark(id, soon) {
    if (!id || id === my.cursor) return;
    my.cursor = id;
    my.index = ids.indexOf(id);
    draw();
    root.querySelector("tr.cursor")?.scrollIntoView({ block: "nearest" });
    clearTimeout(my.timer);
    if (soon) send(); else my.timer = setTimeout(send, WAIT_MS);
  }
  function toggle(id, range) {
    const turned = range && my.anchor ? between(my.anchor, id) : [id];
    const on = !my.chosen.has(id);
    if (data.all) { ids.forEach((each) => my.chosen.add(each)); turned.forEach((each) => my.chosen.delete(each)); data.all = false; }
    else turned.forEach((each) => (on ? my.chosen.add(each) : my.chosen.delete(each)));
    my.anchor = id;
    draw();
    tell();
  }
  function between(one, other) {
    const [from, to] = [ids.indexOf(one), ids.indexOf(other)].sort((a, b) => a - b);
    return from < 0 ? [other] : ids.slice(from, to + 1);
  }
  function open(id) { if (id) setTriggerValue("open", id); }

  const onClick = (event) => {
    const target = event.composedPath()[0];
    const row = target.closest?.("tr[data-id]");
    const act = target.dataset?.act;
    if (act === "order") return setTriggerValue("order", target.dataset.order);
    if (act === "page") {
      const on = !ids.every(isChosen);
      ids.forEach((id) => (on ? my.chosen.add(id) : my.chosen.delete(id)));
      data.all = false;
      draw();
      return tell();
    }
    if (!row) return;
    if (act === "open") { event.preventDefault(); return open(row.dataset.id); }
    if (act === "choose") return toggle(row.dataset.id, event.shiftKey);
    mark(row.dataset.id, true);
  };
  const onDouble = (event) => open(event.composedPath()[0].closest?.("tr[data-id]")?.dataset.id);
  const onKey = (event) => {
    const target = event.composedPath()[0];
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (!["j", "k"].includes(key)) flush();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isBox = target.type === "checkbox";
    if (!isBox && target.closest?.("input, textarea, select, [contenteditable=true]")) return;
    if (document.querySelector('[role="dialog"], [data-testid="stPopoverBody"]')) return;
    const isHere = target === document.body || event.composedPath().includes(root);
    const act = {
      j: () => mark(ids[Math.min(my.index + 1, ids.length - 1)]),
      k: () => mark(ids[Math.max(my.index - 1, 0)]),
      x: () => my.cursor && toggle(my.cursor, event.shiftKey),
      f: () => document.querySelector(".st-key-queue_find input")?.focus(),
      "/": () => document.querySelector(".st-key-queue_find input")?.focus(),
      Escape: () => { if (my.chosen.size || data.all) { my.chosen.clear(); data.all = false; draw(); tell(); } },
      ...(isHere && !target.closest?.("button, a") && {
        ArrowDown: () => mark(ids[Math.min(my.index + 1, ids.length - 1)]),
        ArrowUp: () => mark(ids[Math.max(my.index - 1, 0)]),
        Enter: () => open(my.cursor),
      }),
    }[key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  root.addEventListener("click", onClick);
  root.addEventListener("dblclick", onDouble);
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("pointerdown", flush, true);
  return () => {
    root.removeEventListener("click", onClick);
    root.removeEventListener("dblclick", onDouble);
    document.removeEventListener("keydown", onKey, true);
    document.removeEventListener("pointerdown", flush, true);
  };
}
