// Lets the browser paint what index.html holds before the app runs: all of it may be in its cache already, and starting
// takes a moment. Then one file after the other, so that a telephone answers the finger in between. The build names this
// file in pages that hold something (vite.ts); a window nobody sees does not wait.
;(function () {
  const app = document.querySelector('link[data-app]').href
  const parts = [...document.querySelectorAll('link[rel=modulepreload]')].map((link) => link.href)
  const pause = () => document.visibilityState === 'visible' && new Promise((done) => setTimeout(done))
  async function run() {
    for (const part of parts.filter((one) => one !== app)) {
      await import(part)
      await pause()
    }
    await import(app)
  }
  if (document.visibilityState === 'hidden') run()
  else requestAnimationFrame(() => setTimeout(run))
})()
