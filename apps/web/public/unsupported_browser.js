// Runs before the client, also in browsers that are too old for it. There it says what to do, instead of
// showing nothing.
;(() => {
  var german = (navigator.language || '').indexOf('de') === 0
  var words = document.createElement('div')
  words.setAttribute('role', 'alert')
  words.className = 'shell-words'
  words.lang = german ? 'de' : 'en'
  var say = (inGerman, inEnglish) => {
    words.textContent = german ? inGerman : inEnglish
    document.body.appendChild(words)
  }

  if (!('noModule' in HTMLScriptElement.prototype) || typeof Array.prototype.findLast !== 'function') {
    say(
      'Dieser Browser ist zu alt für Plausch. Bitte nehmen Sie einen aktuellen Firefox, Chrome, Edge oder Safari.',
      'This browser is too old for Plausch. Please use a current Firefox, Chrome, Edge or Safari.',
    )
    return
  }

  var isWaiting = () => document.querySelector('.shell') !== null
  var fail = (event) => {
    var target = event.target || {}
    // A script of the page, or one that the client asked for before its first page.
    var isScript = target.tagName === 'SCRIPT' || event.type === 'unhandledrejection'
    if (!isScript || !isWaiting()) return
    say(
      'Plausch konnte nicht geladen werden. Bitte prüfen Sie die Verbindung und laden Sie die Seite neu.',
      'Plausch could not be loaded. Please check the connection and reload the page.',
    )
  }
  window.addEventListener('error', fail, true)
  window.addEventListener('unhandledrejection', fail)
  setTimeout(() => {
    if (isWaiting() && !words.parentNode)
      say(
        'Plausch wird noch geladen. Die Verbindung ist langsam.',
        'Plausch is still loading. The connection is slow.',
      )
  }, 5000)
  // The client replaces the shell by its first page.
  new MutationObserver((_, observer) => {
    if (isWaiting()) return
    observer.disconnect()
    words.remove()
  }).observe(document.getElementById('root'), { childList: true })
})()
