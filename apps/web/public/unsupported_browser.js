// Runs before the client and in browsers too old for it, so it is written for those: it says what to do instead of showing nothing.
;(() => {
  var isAble = 'noModule' in HTMLScriptElement.prototype && typeof Array.prototype.findLast === 'function'
  if (isAble) return
  document.addEventListener('DOMContentLoaded', () => {
    var german = (navigator.language || '').indexOf('de') === 0
    var words = document.createElement('p')
    words.setAttribute('role', 'alert')
    words.lang = german ? 'de' : 'en'
    words.style.cssText = 'max-width: 32em; margin: 20vh auto 0; padding: 1em; font: 18px/1.5 sans-serif'
    words.textContent = german
      ? 'Dieser Browser ist zu alt für Plausch. Bitte nehmen Sie einen aktuellen Firefox, Chrome, Edge oder Safari.'
      : 'This browser is too old for Plausch. Please use a current Firefox, Chrome, Edge or Safari.'
    document.body.textContent = ''
    document.body.appendChild(words)
  })
})()
