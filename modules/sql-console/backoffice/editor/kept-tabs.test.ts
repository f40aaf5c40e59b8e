import { expect, test, vi } from 'vitest'
import { blankTab, keepTabs, readTabs, titleOf, without, type Tabs } from './kept-tabs.ts'

const named = (id: string) => ({ ...blankTab(), id })

test('tabs are one person’s own, and are there again after a reload', () => {
  const kept = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  })
  const tab = { ...named('a'), text: 'select 1' }
  keepTabs('ana', { tabs: [tab], current: 'a' })
  expect(readTabs('ana')).toEqual({ tabs: [tab], current: 'a' })
  expect(readTabs('bruno').tabs[0].text).toBe('')
  vi.unstubAllGlobals()
})

test('a tab that is closed leaves its neighbour in front, and the last one a blank one', () => {
  const three: Tabs = { tabs: [named('a'), named('b'), named('c')], current: 'b' }
  expect(without(three, 'b').current).toBe('c')
  expect(without({ ...three, current: 'c' }, 'c').current).toBe('b')
  expect(without(three, 'a')).toMatchObject({ current: 'b', tabs: [{ id: 'b' }, { id: 'c' }] })
  const last = without({ tabs: [named('a')], current: 'a' }, 'a')
  expect(last.tabs).toHaveLength(1)
  expect(last.tabs[0].id).not.toBe('a')
  expect(last.current).toBe(last.tabs[0].id)
})

test('a tab is called by the first line that says something', () => {
  expect(titleOf({ text: '' })).toBe('')
  expect(titleOf({ text: '\n-- les impayés\nselect 1' })).toBe('les impayés')
  expect(titleOf({ text: '/* x */ select id from invoices where status is null' })).toBe(
    'select id from invoices whe…',
  )
})
