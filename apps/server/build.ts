/** `npm run build`: both web apps, for a server that is started without the launcher. */
import { buildWebApps } from './launch/web-builds.ts'

try {
  await buildWebApps((sentence) => console.log(sentence))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
