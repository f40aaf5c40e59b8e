import fs from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Runs `work` while no other process does, by a file that holds the worker's process id.
 * A file whose process is gone is taken over. `onWait` is called once when somebody else is at work.
 */
export async function alone(file, onWait, work) {
  let told = false
  while (!take(file)) {
    if (!told) onWait()
    told = true
    await sleep(250)
  }
  const release = () => fs.rmSync(file, { force: true })
  process.on('exit', release)
  try {
    return await work()
  } finally {
    process.off('exit', release)
    release()
  }
}

function take(file) {
  // The file appears already filled (link is atomic), so nobody ever reads one without its process id.
  const draft = `${file}.${process.pid}`
  fs.writeFileSync(draft, String(process.pid))
  try {
    fs.linkSync(draft, file)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    dropIfAbandoned(file)
    return false
  } finally {
    fs.rmSync(draft, { force: true })
  }
}

function dropIfAbandoned(file) {
  let holder
  try {
    holder = Number(fs.readFileSync(file, 'utf8'))
  } catch {
    return // released in the meantime
  }
  if (isAlive(holder)) return
  // Renamed before it is removed: of two processes that see the dead holder, one alone wins the rename.
  const grave = `${file}.stale.${process.pid}`
  try {
    fs.renameSync(file, grave)
    if (Number(fs.readFileSync(grave, 'utf8')) !== holder) fs.linkSync(grave, file)
    fs.rmSync(grave)
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
