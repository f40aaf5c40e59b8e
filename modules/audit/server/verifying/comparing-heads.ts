/** Every signed head against the root the entries really make at its size. */
import type { Findings } from './findings.ts'
import type { Heads, KeptHead } from './heads.ts'

export type HeadComparing = {
  /** The tree has grown to this size. */
  at(size: number, root: () => Buffer): void
  /** The tree ends here: what was kept of a larger one is of entries that are gone. */
  end(size: number): void
  /** The first head of the database that is not what the entries make, and the last size that was. */
  readonly wrong: { sure: number; size: number } | undefined
}

export function openHeadComparing(heads: Heads, found: Findings): HeadComparing {
  let next = 0
  let nextKept = 0
  let wrong: { sure: number; size: number } | undefined
  /** The largest size at which all was well: what is wrong is after it. */
  let sure = 0

  function compareKept({ place, size, root }: KeptHead, real: Buffer): void {
    const ours = heads.rootAt(size)
    // Where both say the same it is the entries that are others.
    if (!root.equals(real) && !ours?.equals(root))
      found.add('fork', { index: Math.min(sure, size - 1), values: { place, size } })
    else if (!ours) found.add('checkpoint_deleted', { values: { place, size } })
  }

  return {
    at(size, root) {
      let real: Buffer | undefined
      for (; nextKept < heads.kept.length && heads.kept[nextKept]!.size === size; nextKept++)
        // within
        compareKept(heads.kept[nextKept]!, (real ??= root()))
      if (next >= heads.count || heads.at(next).size !== size) return
      if (heads.at(next).root.equals((real ??= root()))) {
        if (!wrong) sure = size
      } else {
        // Each later head is wrong for the same reason.
        wrong ??= { sure, size }
      }
      next++
    },
    end(size) {
      for (const { place, size: larger } of heads.kept.slice(nextKept))
        found.add('last_rows_deleted', { index: size, values: { place, size: larger, count: larger - size } })
    },
    get wrong() {
      return wrong
    },
  }
}
