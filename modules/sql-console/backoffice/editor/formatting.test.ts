import { expect, test } from 'vitest'
import { formatted } from './formatting.ts'

test('a text is laid out as PostgreSQL reads it, parameters and dollar quotes untouched', async () => {
  expect(
    await formatted("select id,name from clients where id=$1 and note->>'a' = $$x  y$$; delete from notes"),
  ).toBe(
    [
      'SELECT',
      '  id,',
      '  name',
      'FROM',
      '  clients',
      'WHERE',
      '  id = $1',
      "  AND note ->> 'a' = $$x  y$$;",
      '',
      'DELETE FROM notes',
    ].join('\n'),
  )
})
