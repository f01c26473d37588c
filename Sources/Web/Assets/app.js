// What scripts add to pages that work without them: full screen, a list refreshed in place, and uploads with progress.
import { initAll } from './nhsuk-frontend-10.4.2.min.js';

// Full screen: hides what stands round the page and asks the browser for the whole screen, where it can give it.
function fullScreen(button) {
  const label = button.querySelector('[data-label]');
  const show = (isFull) => {
    document.body.classList.toggle('app-fullscreen', isFull);
    button.setAttribute('aria-pressed', String(isFull));
    label.textContent = isFull ? 'Exit full screen' : 'Full screen';
  };
  button.hidden = false;
  button.addEventListener('click', async () => {
    const isFull = !document.body.classList.contains('app-fullscreen');
    show(isFull);
    try {
      if (isFull) await document.documentElement.requestFullscreen?.();
      else if (document.fullscreenElement) await document.exitFullscreen();
    } catch {
      // The browser refused; the page fills its window all the same.
    }
  });
  document.addEventListener('fullscreenchange', () => {
    if (!document.fullscreenElement) show(false);
  });
}

// Refresh: fetches the same page and changes the list alone, so that what is typed elsewhere on it stays.
function refresh(link) {
  link.addEventListener('click', async (event) => {
    const list = document.querySelector('[data-app-list]');
    if (!list || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    list.setAttribute('aria-busy', 'true');
    try {
      const response = await fetch(location.href, { credentials: 'same-origin', redirect: 'error' });
      if (!response.ok) throw new Error(String(response.status));
      const fresh = parsed(await response.text()).querySelector('[data-app-list]');
      if (!fresh) throw new Error('no list');
      // A live region is read out when its words change, not when it is put in anew.
      const status = list.querySelector('[role="status"]');
      const words = fresh.querySelector('[role="status"]');
      if (status && words) {
        status.textContent = words.textContent;
        words.replaceWith(status);
      }
      list.replaceChildren(...fresh.childNodes);
      list.removeAttribute('aria-busy');
    } catch {
      location.assign(link.href);
    }
  });
}

// A form sends itself once. The library's own guard lasts a second; an upload or a slow line takes longer.
function sendOnce(form) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.appSent) {
      event.preventDefault();
      return;
    }
    form.dataset.appSent = 'true';
  });
}

// Uploads: chosen or dropped files are listed, can be taken off again, and are sent with their progress.
class Upload {
  constructor(form, input) {
    this.form = form;
    this.input = input;
    this.chosen = [];
    this.list = document.createElement('ul');
    this.list.className = 'app-files app-files--chosen';
    this.list.hidden = true;
    this.status = document.createElement('p');
    this.status.className = 'nhsuk-u-visually-hidden';
    this.status.setAttribute('role', 'status');
    (input.closest('.nhsuk-form-group') ?? input).after(this.list, this.status);
    input.addEventListener('change', () => {
      if (!this.isShowing) this.add();
    });
    form.addEventListener('submit', (event) => this.send(event));
  }

  add() {
    const known = new Set(this.chosen.map(identity));
    const fresh = [...this.input.files].filter((file) => !known.has(identity(file)));
    this.chosen = this.input.multiple ? [...this.chosen, ...fresh] : [...this.input.files];
    this.show();
    this.status.textContent = `${counted(this.chosen.length)} chosen`;
  }

  remove(file) {
    this.chosen = this.chosen.filter((other) => other !== file);
    this.show();
    this.status.textContent = `${file.name} removed. ${counted(this.chosen.length)} chosen`;
    (this.list.querySelector('button') ?? this.form.querySelector('.nhsuk-file-upload__drop-button') ?? this.input).focus();
  }

  // The native input holds what is chosen, so that a form sent without this script would send the same files.
  show() {
    const transfer = new DataTransfer();
    for (const file of this.chosen) transfer.items.add(file);
    this.input.files = transfer.files;
    // The library's own line says how many are chosen; it learns of it by this event.
    this.isShowing = true;
    this.input.dispatchEvent(new Event('change'));
    this.isShowing = false;
    this.list.hidden = this.chosen.length === 0;
    this.list.replaceChildren(...this.chosen.map((file) => this.row(file)));
  }

  row(file) {
    const name = document.createElement('bdi');
    name.textContent = file.name;
    const size = document.createElement('small');
    size.textContent = `${readable(file.size)}, ready to upload`;
    const words = document.createElement('span');
    words.append(name, size);
    const hidden = document.createElement('span');
    hidden.className = 'nhsuk-u-visually-hidden';
    hidden.textContent = ` ${file.name}`;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'app-linkbutton';
    button.append('Remove', hidden);
    button.addEventListener('click', () => this.remove(file));
    const row = document.createElement('li');
    row.append(words, button);
    return row;
  }

  send(event) {
    if (event.defaultPrevented || this.chosen.length === 0) return;
    event.preventDefault();
    this.note?.remove();
    const bar = document.createElement('progress');
    bar.className = 'app-progress';
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute('aria-label', 'Upload');
    this.list.after(bar);
    for (const button of this.list.querySelectorAll('button')) button.disabled = true;
    const request = new XMLHttpRequest();
    let told = 0;
    request.upload.addEventListener('progress', ({ lengthComputable, loaded, total }) => {
      if (!lengthComputable) return;
      bar.value = Math.round((loaded / total) * 100);
      // Every tenth is told, not every percent: a screen reader reads each of them out.
      if (bar.value < told + 10) return;
      told = bar.value;
      this.status.textContent = told < 100 ? `${told}% uploaded` : 'Uploaded. We are checking the files.';
    });
    request.addEventListener('load', () => this.take(request));
    request.addEventListener('error', () => {
      bar.remove();
      delete this.form.dataset.appSent;
      for (const button of this.list.querySelectorAll('button')) button.disabled = false;
      this.note = document.createElement('p');
      this.note.className = 'nhsuk-error-message';
      this.note.textContent = 'The connection was lost. Your files are still chosen: try again.';
      this.list.before(this.note);
      this.status.textContent = this.note.textContent;
    });
    request.open('POST', this.form.action);
    request.send(new FormData(this.form, event.submitter));
  }

  // Every answer is a page: the next one, or this one with what is wrong.
  take(request) {
    if (request.status < 400) {
      location.assign(request.responseURL);
      return;
    }
    const page = parsed(request.responseText);
    const main = page.querySelector('main');
    if (!main) {
      location.reload();
      return;
    }
    document.title = page.title;
    document.querySelector('main').replaceWith(main);
    enhance(main);
    scrollTo(0, 0);
  }
}

function enhance(scope) {
  initAll({ scope });
  for (const button of scope.querySelectorAll('[data-app-fullscreen]')) fullScreen(button);
  for (const link of scope.querySelectorAll('[data-app-refresh]')) refresh(link);
  for (const form of scope.querySelectorAll('form[method="post"]')) sendOnce(form);
  for (const form of scope.querySelectorAll('form[enctype="multipart/form-data"]')) {
    const input = form.querySelector('input[type="file"]');
    if (input) new Upload(form, input);
  }
}

function parsed(text) {
  return new DOMParser().parseFromString(text, 'text/html');
}

function identity(file) {
  return `${file.name}/${file.size}/${file.lastModified}`;
}

function counted(count) {
  return count === 1 ? '1 file' : `${count} files`;
}

function readable(bytes) {
  if (bytes < 1000) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  if (bytes < 999500) return `${Math.round(bytes / 1000)}KB`;
  return `${(bytes / 1000000).toFixed(1).replace(/\.0$/, '')}MB`;
}

// A page may come back from the browser's memory with the mark of a form that was sent still on it.
addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return;
  for (const form of document.querySelectorAll('form[data-app-sent]')) delete form.dataset.appSent;
});

enhance(document);
