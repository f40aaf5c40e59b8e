/** Loaded into the server before anything else: when the launcher is gone, even by kill -9, the server leaves too. */
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
