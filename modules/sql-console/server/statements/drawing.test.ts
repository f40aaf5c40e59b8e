import { expect, test } from 'vitest'
import { read } from './reading.ts'

function drawn(text: string) {
  const found = read(text)
  if ('unreadable' in found) throw new Error(found.unreadable.reason)
  return found.statements[0]?.drawn
}
const only = (...columns: string[]) => ({ table: 'tags', columns })

test.each([
  ["UPDATE tags SET name = 'a', n = 1", undefined],
  ['UPDATE tags SET name = (SELECT c.origin || left(random()::text, 0) FROM clients c), n = 1', only('name')],
  ['UPDATE tags SET (name, n) = (SELECT random()::text, 1), at = 2', only('name', 'n')],
  ['UPDATE tags SET name = 1 WHERE random() < 1', only()],
  ['UPDATE tags SET name = 1 RETURNING random()', only()],
  ['UPDATE tags SET name = r.x FROM (SELECT random() AS x) r', 'all'],
  ['WITH r AS (SELECT random() AS x) UPDATE tags SET name = (SELECT x FROM r)', 'all'],
  [
    "INSERT INTO tags (id, name, n) VALUES (gen_random_uuid(), 'a', 1), (uuidv7(), 'b', random())",
    only('id', 'n'),
  ],
  ['INSERT INTO tags (id, name) SELECT gen_random_uuid(), c.name FROM clients c', only('id')],
  ['INSERT INTO tags (id, name) SELECT gen_random_uuid(), c.name FROM clients c LIMIT random()::int', 'all'],
  ['INSERT INTO tags (id, name) SELECT random(), c.* FROM clients c', 'all'],
  ['INSERT INTO tags (id, name) SELECT random(), 1 UNION SELECT 1, 2', 'all'],
  ['INSERT INTO tags VALUES (random())', 'all'],
  ['INSERT INTO tags (id) VALUES (random()) ON CONFLICT (id) DO UPDATE SET name = excluded.id', 'all'],
  ['MERGE INTO tags t USING clients c ON t.id = c.id WHEN MATCHED THEN UPDATE SET name = random()', 'all'],
  ['DELETE FROM tags WHERE random() < 0.5', 'all'],
])('%s', (text, what) => expect(drawn(text)).toEqual(what))
