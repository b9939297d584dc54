// Photos of a form, sent one by one while the person goes on: [data-photos] (templates/documents/photos_field.html).
// Each kept photo becomes a hidden input. What is not sent when the form goes simply goes with the form, as without a script.
const FIRST_RETRY_MS = 2000;
const LONGEST_RETRY_MS = 60000;
const THUMB_TRIES = 10;
const THUMB_PAUSE_MS = 2000;
const VIDEO_ENDINGS = /\.(mp4|m4v|mov|webm)$/i;

for (const root of document.querySelectorAll("[data-photos]")) start(root);

function start(root) {
  const input = root.querySelector("input[type=file]");
  const most = Number(root.dataset.most);
  const queue = []; // shots that are not sent yet, in their order
  let current = null;
  let retry = FIRST_RETRY_MS;
  let timer = 0;
  root.classList.add("is-live");

  const fill = (key, values) => root.dataset[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  const shots = () => [...root.querySelectorAll("[data-shot]")];
  const kept = () => root.querySelectorAll(`input[name="${CSS.escape(root.dataset.field)}-kept"]`).length;
  const tell = (key, name) => {
    root.querySelector("[data-status]").textContent = fill(key, { name, count: kept() });
  };
  const count = () => root.classList.toggle("is-full", shots().length >= most);

  function complain(sentence) {
    const line = root.querySelector("[data-told]");
    line.textContent = sentence;
    line.hidden = !sentence;
    if (sentence) root.querySelector("[data-status]").textContent = sentence;
  }

  function take(files) {
    complain("");
    for (const file of files) {
      if (shots().length >= most) {
        complain(root.dataset.tellMost);
        break;
      }
      if (isVideo(file)) film(file);
      else queue.push(add(file));
    }
    count();
    next();
  }

  // Videos go piece by piece, by videos.js; without it they go with the form.
  const isVideo = (file) => Boolean(root.dataset.videosUrl) && (file.type.startsWith("video/") || VIDEO_ENDINGS.test(file.name));

  function film(file) {
    if (file.size > Number(root.dataset.largestVideo)) return complain(fill("tellLarge", { name: file.name }));
    if (root.querySelectorAll(".is-film").length >= Number(root.dataset.mostVideos)) return complain(root.dataset.tellVideos);
    const shot = add(file);
    asFilm(shot.item);
    root.dispatchEvent(new CustomEvent("photos:video", { detail: { shot } }));
  }

  function add(file) {
    const item = root.querySelector("template").content.firstElementChild.cloneNode(true);
    const shot = { file, item, name: file.name, request: null };
    item.dataset.name = file.name;
    if (file instanceof File) preview(item, URL.createObjectURL(file), file.name);
    item.querySelector("progress").setAttribute("aria-label", fill("labelProgress", shot));
    item.querySelector("[data-retry]").setAttribute("aria-label", fill("labelRetry", shot));
    item.querySelector("[data-retry]").addEventListener("click", () => again(shot));
    wireRemove(item, shot);
    caption(item, root.dataset.url ? root.dataset.sayWaiting : root.dataset.sayGoes);
    root.querySelector(".shot-last").before(item);
    return shot;
  }

  function wireRemove(item, shot) {
    const button = item.querySelector("[data-remove]");
    button.setAttribute("aria-label", fill("labelRemove", { name: item.dataset.name }));
    button.addEventListener("click", () => remove(item, shot));
  }

  function remove(item, shot) {
    const neighbour = item.nextElementSibling.querySelector("[data-remove]") ?? input;
    if (shot) {
      shot.isGone = true;
      shot.abandon?.();
      if (queue.includes(shot)) queue.splice(queue.indexOf(shot), 1);
      if (!shot.isAcross) shot.request?.abort(); // else its answer names what to drop
    }
    drop(item.querySelector(`input[name="${CSS.escape(root.dataset.field)}-kept"]`)?.value);
    item.remove();
    count();
    complain("");
    tell("tellRemoved", item.dataset.name);
    input.dispatchEvent(new Event("photos:change", { bubbles: true }));
    neighbour.focus();
  }

  // Where kept files count before the form is sent, the server must hear that one was taken out again.
  function drop(id) {
    if (!id || !root.dataset.dropUrl) return;
    const body = new URLSearchParams({ id, csrfmiddlewaretoken: input.form.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "" });
    fetch(root.dataset.dropUrl, { method: "POST", body, keepalive: true, credentials: "same-origin" })
      .then((answer) => answer.status >= 500 && Promise.reject(answer))
      .catch(() => setTimeout(() => drop(id), LONGEST_RETRY_MS));
  }

  function again(shot) {
    shot.item.classList.remove("is-refused");
    shot.item.querySelector("[data-retry]").hidden = true;
    if (shot.again) return shot.again();
    if (!queue.includes(shot) && current !== shot) queue.unshift(shot);
    retry = FIRST_RETRY_MS;
    next();
  }

  function next() {
    clearTimeout(timer);
    if (current || !queue.length || !root.dataset.url) return;
    current = queue.shift();
    send(current);
  }

  function send(shot) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", input.form.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");
    body.set("kinds", root.dataset.kinds);
    body.set("modified", String(shot.file.lastModified));
    body.set("photo", shot.file, shot.name);
    const request = new XMLHttpRequest();
    shot.request = request;
    shot.isAcross = false;
    progress(shot, 0);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress(shot, Math.round((100 * event.loaded) / event.total));
    });
    request.upload.addEventListener("load", () => (shot.isAcross = true));
    request.addEventListener("load", () => done(shot, request));
    request.addEventListener("error", () => wait(shot));
    request.addEventListener("timeout", () => wait(shot));
    request.open("POST", root.dataset.url);
    request.timeout = 300000;
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-Requested-With", "fetch");
    request.send(body);
    request.addEventListener("abort", () => {
      current = null;
      if (shot.isGone) next();
    });
  }

  function progress(shot, percent, words = "") {
    const bar = shot.item.querySelector("progress");
    if (bar.hidden) tell("tellSending", shot.name);
    bar.hidden = false;
    bar.value = percent;
    shot.item.classList.remove("is-waiting", "is-refused");
    shot.item.querySelector(".cap-wait").hidden = true;
    shot.item.querySelector("[data-retry]").hidden = true;
    caption(shot.item, words || fill("saySent", { percent }));
  }

  function done(shot, request) {
    const answer = read(request.responseText);
    const isLost = request.status >= 500 || request.status === 429 || request.status === 0;
    if (isLost && !shot.isGone) return wait(shot);
    current = null;
    if (shot.isGone) drop(answer?.id);
    else if (request.status >= 200 && request.status < 300 && answer?.id) keep(shot, answer);
    else refuse(shot, answer);
    retry = FIRST_RETRY_MS;
    next();
  }

  function keep(shot, answer) {
    const hidden = document.createElement("input");
    hidden.type = "hidden";
    hidden.name = `${root.dataset.field}-kept`;
    hidden.value = answer.id;
    shot.item.prepend(hidden);
    shot.item.querySelector("progress").hidden = true;
    shot.item.classList.remove("is-waiting", "is-refused");
    shot.item.querySelector(".cap-wait").hidden = true;
    shot.item.querySelector(".cap").classList.add("ok");
    shot.item.querySelector(".cap-ok").hidden = false;
    caption(shot.item, root.dataset.saySaved);
    if (shot.item.querySelector("img").hidden && answer.thumb) thumb(shot.item, answer, THUMB_TRIES);
    tell("tellSaved", shot.name);
    hidden.dispatchEvent(new Event("change", { bubbles: true }));
    input.dispatchEvent(new Event("photos:change", { bubbles: true }));
  }

  function refuse(shot, answer) {
    shot.item.querySelector("progress").hidden = true;
    shot.item.classList.add("is-refused");
    shot.item.querySelector("[data-retry]").hidden = Boolean(answer?.error && !answer.again);
    const sentence = answer?.error ?? `${root.dataset.sayFailed}: ${shot.name}`;
    caption(shot.item, sentence);
    root.querySelector("[data-status]").textContent = sentence;
  }

  function wait(shot) {
    current = null;
    if (shot.isGone) return next();
    queue.unshift(shot);
    waits(shot);
    timer = setTimeout(next, retry);
    retry = Math.min(retry * 2, LONGEST_RETRY_MS);
  }

  function waits(shot) {
    shot.item.classList.add("is-waiting");
    shot.item.querySelector(".cap-wait").hidden = false;
    shot.item.querySelector("progress").hidden = true;
    shot.item.querySelector("[data-retry]").hidden = false;
    caption(shot.item, root.dataset.sayOffline);
    tell("tellOffline", shot.name);
  }

  // What videos.js needs of this field.
  root.photosField = {
    complain,
    fill,
    progress,
    keep,
    refuse,
    wait: waits,
    has: (token) => [...root.querySelectorAll(`input[name="${CSS.escape(root.dataset.field)}-kept"]`)].some((kept) => kept.value === token),
    takeAway: (shot) => shot.item.remove(),
    recalled(name) {
      const shot = add({ name });
      asFilm(shot.item);
      count();
      return shot;
    },
    askAgain(shot, values) {
      shot.item.classList.add("is-refused");
      shot.item.querySelector("[data-retry]").hidden = false;
      caption(shot.item, fill("sayAgain", values));
      root.querySelector("[data-status]").textContent = fill("tellAgain", values);
    },
  };

  // A form that goes now takes along what is not sent yet.
  function takeAlong() {
    const rest = [...(current ? [current] : []), ...queue];
    queue.length = 0;
    const basket = new DataTransfer();
    for (const shot of rest) {
      shot.request?.abort();
      basket.items.add(shot.file);
    }
    input.files = basket.files;
  }

  input.addEventListener("change", () => {
    const files = [...input.files];
    input.value = "";
    take(files);
  });
  root.addEventListener("dragover", (event) => {
    event.preventDefault();
    root.classList.add("is-over");
  });
  root.addEventListener("dragleave", () => root.classList.remove("is-over"));
  root.addEventListener("drop", (event) => {
    event.preventDefault();
    root.classList.remove("is-over");
    take([...event.dataTransfer.files]);
  });
  window.addEventListener("online", next);
  input.form?.addEventListener("submit", takeAlong);
  shots().forEach((item) => {
    const button = root.querySelector("template").content.querySelector("[data-remove]").cloneNode(true);
    item.querySelector(".shot-pic").append(button);
    wireRemove(item, null);
  });
  count();
}

function asFilm(item) {
  item.classList.add("is-film");
  item.querySelector(".shot-film").hidden = false;
}

function caption(item, words) {
  item.querySelector("[data-cap]").textContent = words;
}

// A browser that can't show the format (HEIC in most) keeps the drawn picture until the server has made one.
function preview(item, address, name) {
  const image = item.querySelector("img");
  image.alt = name;
  image.addEventListener("load", () => shown(item, image));
  image.src = address;
}

function shown(item, image) {
  image.hidden = false;
  item.querySelector(".shot-none").hidden = true;
}

async function thumb(item, answer, tries) {
  if (!item.isConnected || !tries) return;
  try {
    const made = await fetch(answer.thumb, { credentials: "same-origin" });
    if (made.status === 200) {
      item.querySelector("img").src = answer.thumb;
      return;
    }
  } catch {
    // no line: the next try comes
  }
  setTimeout(() => thumb(item, answer, tries - 1), THUMB_PAUSE_MS);
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
