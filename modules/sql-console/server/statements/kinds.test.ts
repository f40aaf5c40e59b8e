import fs from 'node:fs'
import { expect, test } from 'vitest'
import { kindOf } from './kinds.ts'

test('every statement of PostgreSQL’s grammar is one that may be looked into, or refused with its own reason', () => {
  const types = fs.readFileSync('node_modules/@pgsql/types/types.d.ts', 'utf8')
  const tags = [...new Set([...types.matchAll(/^ +([A-Z]\w*Stmt): /gm)].map(([, tag = '']) => tag))]
  expect(tags.length).toBeGreaterThan(100)
  const unnamed = tags.filter((tag) => {
    const kind = kindOf(tag, {})
    return 'reason' in kind && kind.reason === 'statement'
  })
  // Parts of others, or what no practice has: nobody is told more than that it is not known here.
  expect(unnamed.toSorted()).toEqual([
    'AlterCollationStmt',
    'AlterDomainStmt',
    'AlterStatsStmt',
    'AlterTSConfigurationStmt',
    'AlterTSDictionaryStmt',
    'CompositeTypeStmt',
    'CreateDomainStmt',
    'CreateRangeStmt',
    'PLAssignStmt',
    'RawStmt',
    'ReplicaIdentityStmt',
    'ReturnStmt',
    'SetOperationStmt',
  ])
})
