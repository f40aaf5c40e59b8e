import { expect, test } from 'vitest'
import { planInRows, planTree } from './plan.ts'

/** As PostgreSQL 18 wrote it, shortened. */
const measured = {
  Plan: {
    'Node Type': 'Nested Loop',
    'Total Cost': 110,
    'Plan Rows': 5,
    'Actual Rows': 400,
    'Actual Loops': 1,
    'Actual Total Time': 50,
    Plans: [
      {
        'Node Type': 'Seq Scan',
        'Relation Name': 'clients',
        'Total Cost': 10,
        'Plan Rows': 100,
        'Actual Rows': 100,
        'Actual Loops': 1,
        'Actual Total Time': 4,
        Filter: '(status = 1)',
      },
      {
        'Node Type': 'Index Scan',
        'Relation Name': 'notes',
        'Index Name': 'notes_client',
        'Total Cost': 1,
        'Plan Rows': 1,
        'Actual Rows': 4,
        'Actual Loops': 100,
        'Actual Total Time': 0.4,
      },
    ],
  },
  'Planning Time': 0.2,
  'Execution Time': 51,
}

test('a step weighs what it takes by itself, all its rounds together, and the heaviest is told', () => {
  const tree = planTree(measured)
  expect(tree).toMatchObject({ isMeasured: true, planningMs: 0.2, executionMs: 51 })
  expect(tree?.root).toMatchObject({
    what: 'Nested Loop',
    isHottest: false,
    isMisjudged: true,
    ms: 50,
    rows: 400,
  })
  expect(tree?.root.children).toMatchObject([
    { on: 'clients', isHottest: false, details: [{ name: 'Filter', value: '(status = 1)' }] },
    { on: 'notes · notes_client', isHottest: true, ms: 40, rows: 400, isMisjudged: false },
  ])
  const shares = [tree?.root, ...(tree?.root.children ?? [])].map((node) => node?.share ?? 0)
  expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1)
})

test('what was not run is weighed by what it is expected to cost', () => {
  const plan = [
    {
      Plan: {
        'Node Type': 'Sort',
        'Total Cost': 12,
        'Plan Rows': 3,
        Plans: [{ 'Node Type': 'Seq Scan', 'Total Cost': 10, 'Plan Rows': 3 }],
      },
    },
  ]
  const tree = planInRows('EXPLAIN', [[JSON.stringify(plan)]])
  expect(tree?.isMeasured).toBe(false)
  expect(tree?.root).toMatchObject({ rows: null, ms: null, isHottest: false })
  expect(tree?.root.children[0]).toMatchObject({ isHottest: true, cost: 10 })
})

test('what is no plan is none', () => {
  expect(planTree({})).toBeUndefined()
  expect(planInRows('EXPLAIN', [['Seq Scan on clients']])).toBeUndefined()
  expect(planInRows('SELECT', [['[]']])).toBeUndefined()
})
