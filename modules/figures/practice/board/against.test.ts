import { IntlMessageFormat } from 'intl-messageformat'
import { expect, test } from 'vitest'
import fr from '../../messages/fr.json' with { type: 'json' }

test('a month compared as far as it has gone says until which day, and the first of a month as one says it', () => {
  const said = (day: number) =>
    new IntlMessageFormat(fr['figures.until-day'], 'fr').format({ month: 'octobre', day })
  expect(said(22)).toBe('octobre, jusqu’au 22')
  expect(said(1)).toBe('octobre, jusqu’au 1er')
})
