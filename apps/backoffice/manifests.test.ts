import { expect, test } from 'vitest'
import { builtInRoles } from '#contract/access'
import { commands, groups, manifests, menu, pages } from './manifests.ts'

const entries = menu.flatMap(([, members]) => members)
const pathOf = (to: string) => new URL(to, 'http://localhost').pathname
const leadsSomewhere = (to: string) =>
  pages.some(({ path }) => new RegExp(`^${path.replaceAll(/\$\w+/g, '[^/]+')}$`).test(pathOf(to)))

test('the navigation, the commands and the landings lead to pages that exist', () => {
  const landings = manifests.flatMap(({ landing }) => Object.values(landing ?? {}))
  const addresses = [...entries.map(({ to }) => to), ...commands.map(({ to }) => to), ...landings]
  expect(addresses.length).toBeGreaterThan(0)
  expect(addresses.filter((to) => !leadsSomewhere(to))).toEqual([])
})

test('what the navigation offers asks for no less than the page does', () => {
  const needsOf = (to: string) => pages.find(({ path }) => path === pathOf(to))?.needs
  expect(entries.filter(({ to, needs }) => needs !== needsOf(to)).map(({ to }) => to)).toEqual([])
})

test('every page stands alone at its path, under a page that exists', () => {
  const paths = pages.map(({ path }) => path)
  expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([])
  expect(pages.filter(({ under }) => under !== undefined && !paths.includes(under))).toEqual([])
})

test('every entry stands under a known heading', () => {
  expect(menu.map(([group]) => group).filter((group) => !groups.includes(group))).toEqual([])
})

test('no two things answer to the same keys', () => {
  const taken = [...entries, ...commands].flatMap(({ shortcut }) => shortcut ?? [])
  expect(taken.filter((keys, index) => taken.indexOf(keys) !== index)).toEqual([])
})

test('one page at most is where a role begins the day', () => {
  const roles = manifests.flatMap(({ landing }) => Object.keys(landing ?? {}))
  expect(roles.filter((role, index) => roles.indexOf(role) !== index)).toEqual([])
  expect(roles.filter((role) => !builtInRoles.some((known) => known === role))).toEqual([])
})
