import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { declaredPermissions } from '../../apps/server/permissions.ts'

test.each(['fr', 'en'])(
  'every permission is named and explained in words, and its module too (%s)',
  (language) => {
    const words = JSON.parse(readFileSync(`modules/access/messages/${language}.json`, 'utf8')) as Record<
      string,
      string
    >
    const wanted = declaredPermissions.flatMap(({ permission, module }) => [
      `access.permission.${permission}`,
      `access.permission.${permission}.help`,
      `access.module.${module}`,
    ])
    expect(wanted.filter((key) => !words[key])).toEqual([])
    // And none that nobody declares any more.
    const spoken = Object.keys(words).filter((key) => key.startsWith('access.permission.'))
    expect(spoken.filter((key) => !wanted.includes(key))).toEqual([])
  },
)
