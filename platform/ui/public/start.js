// Lets the browser paint what index.html holds before the app runs: all of it may be in its cache already, and starting
// takes a moment. The build names this file in pages that hold something (vite.ts); a window nobody sees does not wait.
;(function () {
  const app = document.querySelector('link[data-app]')
  const run = () => import(app.href)
  if (document.visibilityState === 'hidden') run()
  else requestAnimationFrame(() => setTimeout(run))
})()
