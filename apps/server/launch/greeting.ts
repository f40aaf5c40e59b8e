import path from 'node:path'
import type { Config } from '#platform/server/config.ts'

const environments: Record<Config['appEnv'], string> = {
  demonstration: 'démonstration',
  development: 'développement',
  test: 'test',
  staging: 'préproduction',
  production: 'production',
}

/** What the person sees when all is ready: where to go and how to get in. French, then one line in English. */
export function greeting(config: Config, seconds: number): string {
  const took = seconds.toLocaleString('fr-FR', { maximumFractionDigits: 1 })
  const file = path.join(config.dataDir, 'server.log')
  const near = path.relative(process.cwd(), file)
  const log = near.startsWith('..') ? file : near
  const isDemonstration = config.appEnv === 'demonstration'
  const lines = [
    `MaGestionPsy · ${environments[config.appEnv]} · prêt en ${took} s`,
    '',
    `  Administration   ${config.backofficeUrl}`,
    `  Cabinet          ${config.practiceUrl}`,
    '',
    ...(isDemonstration
      ? [
          'Pour se connecter : la page de connexion propose un compte par rôle, avec son code du moment.',
          `English: open ${config.backofficeUrl}, pick a demonstration account; its current code is shown.`,
        ]
      : [
          'Premier administrateur : bin/mgp staff create',
          `English: open ${config.backofficeUrl}; first administrator: bin/mgp staff create`,
        ]),
    '',
    isDemonstration ? `Journal : ${log}    Arrêter : Ctrl+C` : 'Arrêter : Ctrl+C',
  ]
  return `\n${lines.map((line) => (line ? `  ${line}` : '')).join('\n')}\n`
}
