// A visit on site, over a line that comes and goes: [data-onsite]. Every tap, word and picture is an act with a key of its own;
// it is kept on the phone (IndexedDB) until the server says that it has it, and is sent in order. The server knows the keys, so
// an act that arrives twice counts once. Without this script the same forms are sent with their buttons.
import { newKey, openQueue } from "./onsite-queue.js";
import { send, LineDown, Refused, SignedOut } from "./onsite-send.js";

const FIRST_RETRY_MS = 2000;
const LONGEST_RETRY_MS = 30000;
const TYPING_MS = 400;

for (const root of document.querySelectorAll("[data-onsite]")) start(root);

async function start(root) {
  const say = root.dataset;
  const pill = root.querySelector("[data-sync]");
  const queue = await openQueue(say.who, say.visit);
  let savedAt = (pill.querySelector("[data-sync-words]").textContent.match(/\d\d:\d\d/) ?? [""])[0];
  let isSending = false;
  let isSignedOut = false;
  let retry = FIRST_RETRY_MS;
  let timer = 0;
  let held = null; // the form that ends the visit waits for the queue
  root.classList.add("is-live");

  for (const act of queue.acts) redo(act);
  for (const form of root.querySelectorAll("form[data-act]")) wire(form);
  for (const form of root.querySelectorAll("form[data-finish]")) form.addEventListener("submit", hold, true);
  window.addEventListener("online", () => flush());
  document.addEventListener("visibilitychange", () => document.hidden || flush());
  show();
  flush();

  // ---- Taking acts -----------------------------------------------------------------------------------------------------
  function wire(form) {
    if ("whole" in form.dataset) form.addEventListener("submit", (event) => whole(event, form));
    else form.addEventListener("submit", (event) => event.preventDefault());
    if ("whole" in form.dataset) return;
    form.addEventListener("change", (event) => changed(form, event.target));
    let typing = 0;
    form.addEventListener("input", (event) => {
      if (!event.target.matches("textarea, [name^=name-]")) return;
      clearTimeout(typing);
      typing = setTimeout(() => changed(form, event.target), TYPING_MS);
    });
  }

  function changed(form, field) {
    if (field.type === "file") return pictures(form, field);
    if (form.dataset.act === "answer") return answered(form);
    const row = field.closest("label, div:has(> [type=hidden])")?.parentElement?.closest("div") ?? form;
    const box = row.querySelector("[type=checkbox]") ?? field;
    const named = form.dataset.act === "here" ? "party" : "point";
    const fields = [[named, box.value]];
    if (box.checked) fields.push([box.name, box.value]);
    const name = row.querySelector("[name^=name-]");
    if (name?.value.trim()) fields.push([name.name, name.value]);
    take({ url: form.action, kind: form.dataset.act, about: box.value, fields });
  }

  function answered(form) {
    const chosen = form.querySelector("[name=answer]:checked");
    if (chosen?.value === "not-ok" && !form.querySelector("[name=why]:checked")) form.querySelector("[name=why]").checked = true;
    const given = new FormData(form);
    const fields = ["case", "why", "words"].map((name) => [name, given.get(name) ?? ""]);
    fields.push(["answer", chosen?.value ?? "unseen"]);
    take({ url: form.action, kind: "answer", about: given.get("case"), fields });
    count();
  }

  async function pictures(form, input) {
    const files = [...input.files];
    input.value = "";
    const about = form.querySelector("[name=case]").value;
    for (const file of files) {
      const isFilm = file.type.startsWith("video/");
      const url = isFilm ? form.dataset.filmUrl : form.dataset.photoUrl;
      const fields = [["case", about], ["only", "1"]];
      await take({ url, kind: isFilm ? "film" : "photo", about, fields, files: [file] });
    }
  }

  async function whole(event, form) {
    event.preventDefault();
    if (!form.reportValidity()) return;
    const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !/^(csrf|idempotency)/.test(name));
    const files = [...form.querySelector("[type=file]").files];
    await take({ url: form.action, kind: form.dataset.act, about: "", fields, files });
    form.reset();
    form.closest("details").open = form.dataset.act !== "found";
  }

  // An act that no try has carried yet is replaced by its successor; one that may have arrived is followed by it.
  async function take(act) {
    const earlier = queue.acts.find((row) => row.kind === act.kind && row.about === act.about && !row.isTried && !act.files);
    const row = { ...act, key: newKey(), made: new Date().toISOString() };
    const kept = earlier ? queue.replace(earlier, row) : queue.add(row);
    redo(row);
    show();
    await kept;
    flush();
  }

  // ---- Sending ---------------------------------------------------------------------------------------------------------
  async function flush() {
    clearTimeout(timer);
    if (isSending) return;
    isSending = true;
    for (let act = next(); act; act = next()) {
      await queue.update(act, { isTried: true });
      try {
        const answer = await send(act, { token: document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "", progress: (percent) => caption(act, fill(say.saySending, { n: percent })) });
        await queue.remove(act);
        arrived(act, answer);
      } catch (fault) {
        if (fault instanceof Refused) await refused(act, fault.sentence);
        else if (fault instanceof LineDown || fault instanceof SignedOut) {
          isSignedOut = fault instanceof SignedOut;
          break;
        } else throw fault;
      }
      show();
    }
    isSending = false;
    show();
    if (next()) {
      timer = setTimeout(flush, retry);
      retry = Math.min(retry * 2, LONGEST_RETRY_MS);
    } else release();
  }

  function next() {
    return queue.acts.find((act) => !act.refusal);
  }

  function arrived(act, answer) {
    retry = FIRST_RETRY_MS;
    isSignedOut = false;
    savedAt = answer.saved_at ?? savedAt;
    const shot = root.querySelector(`[data-key="${act.key}"]`);
    if (shot) settled(shot);
    if ("percent" in answer) percent(answer.percent);
    if (act.kind === "here") since(act);
    if (act.kind === "found" || answer.go) location.assign(answer.go ?? location.pathname);
  }

  async function refused(act, sentence) {
    await queue.update(act, { refusal: sentence || "?" });
    complain(act);
  }

  function hold(event) {
    if (!next()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    held = event.target;
    root.querySelector("[data-held]").hidden = false;
    flush();
  }

  function release() {
    if (!held) return;
    const form = held;
    held = null;
    form.requestSubmit();
  }

  // ---- Showing ---------------------------------------------------------------------------------------------------------
  function show() {
    const waiting = queue.acts.filter((act) => !act.refusal).length;
    const stuck = queue.acts.length - waiting;
    let words = savedAt ? fill(pill.dataset.saved, { time: savedAt }) : "";
    if (waiting) words = fill(savedAt ? pill.dataset.both : pill.dataset.waiting, { time: savedAt, n: waiting });
    if (waiting && isSignedOut) words = fill(pill.dataset.gate, { n: waiting });
    if (waiting && !queue.isKept) words = fill(pill.dataset.unkept, { n: waiting });
    if (stuck) words = fill(pill.dataset.refused, { n: stuck });
    pill.hidden = !words;
    pill.classList.toggle("sync--waiting", Boolean(waiting || stuck));
    const line = pill.querySelector("[data-sync-words]");
    if (line.textContent !== words) line.textContent = words;
  }

  // What waits on the phone stands on the page as it will be: after a reload the server's page does not know it yet.
  function redo(act) {
    const given = new Map(act.fields);
    if (act.refusal) complain(act);
    if (act.kind === "photo" || act.kind === "film") return shotOf(act);
    if (act.kind === "found" || act.kind === "nobody-home") return noted(act, given);
    if (act.kind === "answer") return redoAnswer(act, given);
    const box = root.querySelector(`form[data-act="${act.kind}"] [type=checkbox][value="${CSS.escape(act.about)}"]`);
    if (box) box.checked = given.has(box.name);
  }

  function redoAnswer(act, given) {
    const form = itemOf(act);
    if (!form) return;
    for (const name of ["answer", "why"]) {
      const option = form.querySelector(`[name=${name}][value="${CSS.escape(given.get(name))}"]`);
      if (option) option.checked = true;
    }
    const words = form.querySelector("[name=words]");
    if (document.activeElement !== words) words.value = given.get("words");
    count();
  }

  function itemOf(act) {
    return document.getElementById(`item-${act.about}`);
  }

  function shotOf(act) {
    const list = itemOf(act)?.querySelector("[data-shots]");
    if (!list || list.querySelector(`[data-key="${act.key}"]`)) return;
    const shot = root.querySelector("template[data-shot]").content.firstElementChild.cloneNode(true);
    shot.dataset.key = act.key;
    const image = shot.querySelector("img");
    image.addEventListener("load", () => {
      image.hidden = false;
      shot.querySelector(".shot-none").hidden = true;
    });
    image.alt = say.sayPhoto ?? "";
    if (act.kind === "photo") image.src = URL.createObjectURL(act.files[0]);
    shot.querySelector("[data-cap]").textContent = say.sayWaiting;
    list.append(shot);
    list.hidden = false;
  }

  function settled(shot) {
    shot.classList.remove("is-waiting");
    shot.querySelector(".cap").classList.add("ok");
    shot.querySelector(".cap-ok").hidden = false;
    shot.querySelector(".cap-wait").hidden = true;
    shot.querySelector("[data-cap]").textContent = say.saySaved;
  }

  function caption(act, words) {
    const line = root.querySelector(`[data-key="${act.key}"] [data-cap]`);
    if (line) line.textContent = words;
  }

  function noted(act, given) {
    const list = root.querySelector("[data-noted]");
    if (!list || list.querySelector(`[data-note="${act.key}"]`)) return;
    const row = document.createElement("li");
    row.dataset.note = act.key;
    const words = given.get("found-words") ?? given.get("door-called") ?? "";
    row.textContent = `${act.kind === "found" ? say.sayNew : say.sayDoor}: ${words} (${say.sayWaiting})`;
    list.append(row);
    if (act.kind === "found") list.closest("details").open = true;
  }

  function since(act) {
    const box = root.querySelector(`form[data-act=here] [type=checkbox][value="${CSS.escape(act.about)}"]`);
    const line = box?.closest("label").querySelector("[data-since]");
    if (line) line.textContent = box.checked ? fill(line.dataset.since, { time: clock(act.made) }) : line.dataset.role;
  }

  function percent(n) {
    root.querySelector("[data-percent-bar]").value = n;
    const line = root.querySelector("[data-percent]");
    line.textContent = fill(line.dataset.percent, { n });
  }

  function count() {
    const items = root.querySelectorAll("form[data-act=answer]");
    const n = [...items].filter((form) => ["ok", "not-ok"].includes(form.querySelector("[name=answer]:checked")?.value)).length;
    const line = document.querySelector("[data-answered]");
    if (line) line.textContent = fill(say.count, { n, m: items.length });
  }

  // What the server did not take stays here with its reason, until somebody tries again or throws it away.
  function complain(act) {
    const form = itemOf(act) ?? root.querySelector(`form[data-act="${act.kind}"]`);
    const place = form?.querySelector("[data-refused-here]") ?? form?.parentElement.querySelector("[data-refused-here]") ?? root;
    const box = document.createElement("div");
    box.className = "refused-one";
    box.setAttribute("role", "alert");
    const words = document.createElement("p");
    words.className = "refused";
    const typed = act.fields.filter(([name]) => /words|called|name-/.test(name)).map(([, value]) => value).join(" ");
    words.textContent = `${act.refusal} ${act.files?.[0]?.name ?? typed}`;
    box.append(words, button(say.sayAgain, () => again(act, box)), button(say.sayDrop, () => drop(act, box)));
    place.append(box);
  }

  function button(words, press) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-line", textContent: words });
    made.addEventListener("click", press);
    return made;
  }

  async function again(act, box) {
    await queue.update(act, { refusal: "" });
    box.remove();
    show();
    flush();
  }

  async function drop(act, box) {
    await queue.remove(act);
    root.querySelector(`[data-key="${act.key}"], [data-note="${act.key}"]`)?.remove();
    box.remove();
    show();
  }
}

const fill = (text, values) => (text ?? "").replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

const clock = (made) => new Date(made).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
