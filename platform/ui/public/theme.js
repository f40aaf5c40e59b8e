// Runs before the first paint, so that nobody sees the wrong theme flash by. It is a file of its
// own, and blocking, because the content security policy allows no inline script.
// The same keys are written by preferences.ts.
;(function () {
  const root = document.documentElement
  function kept(key) {
    try {
      return localStorage.getItem('mgp.' + key)
    } catch {
      return null // storage can be forbidden: the defaults then hold
    }
  }
  let theme = kept('theme')
  if (theme !== 'day' && theme !== 'night')
    theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'night' : 'day'
  root.dataset.theme = theme
  root.dataset.density = kept('density') === 'comfortable' ? 'comfortable' : 'compact'
  let language = kept('language')
  if (language !== 'fr' && language !== 'en') language = /^en\b/i.test(navigator.language) ? 'en' : 'fr'
  root.lang = language
})()
