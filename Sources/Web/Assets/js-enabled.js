// Runs before the page is drawn, so that what needs scripts does not appear late. A file of its own, because the
// content security policy allows no script inside a page.
document.body.classList.add('js-enabled');
if ('noModule' in HTMLScriptElement.prototype) {
  document.body.classList.add('nhsuk-frontend-supported');
}
