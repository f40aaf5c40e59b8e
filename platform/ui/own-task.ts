let last = Promise.resolve()

/**
 * A drawing asks ten questions at once, and to begin each takes a telephone milliseconds: each waits here for a task of its
 * own, in the order they came, and the finger is answered in between.
 */
export function ownTask(): Promise<void> {
  last = last.then(nextTask)
  return last
}

/** Not by a timer, which a browser holds back for 4 ms from the fifth on. */
function nextTask(): Promise<void> {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', () => {
      port1.close()
      done()
    })
    port1.start()
    port2.postMessage(null)
  })
}
