/** Which column of a bank's CSV holds what, by the headings banks in France give them. */
import { bankColumns, type BankColumn, type BankLayout } from '#contract/billing'

/** The best first: the day a line was booked before the one it counts from. */
const known: Readonly<Record<BankColumn, readonly RegExp[]>> = {
  bookedOn: [
    /^date (de )?(comptabilisation|comptable)$/,
    /^(date|jour) (d |de l )?(operation|op)$/,
    /^date ?op$/,
    /^date$/,
    /^(booking|transaction|completed) date/,
    /^date /,
  ],
  label: [
    /^libelle (simplifie|operation|de l operation|court)/,
    /^libelle/,
    /^(description|intitule|label|wording|nature|detail)/,
    /^operation$/,
  ],
  amount: [/^montant$/, /^montant (en )?(euros?|eur)$/, /^montant (de l )?operation/, /^(amount|montant)/],
  credit: [/^credit/, /^montant credit/, /^(entrees?|recettes?)$/],
  debit: [/^debit/, /^montant debit/, /^(sorties?|depenses?)$/],
  reference: [
    /^(end to end|e2e)/,
    /^reference (de (l )?)?(operation|client|virement)/,
    /^(reference|ref)\b/,
    /^(informations? complementaires?|motif|communication)/,
  ],
  counterparty: [
    /^(nom )?(du )?(tiers|emetteur|donneur d ordre|contrepartie|debiteur)/,
    /^(counterparty|payer|debtor)/,
    /^nom de la contrepartie/,
  ],
}

export const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()

export function layoutOf(headings: readonly string[]): BankLayout {
  const words = headings.map(plain)
  const taken = new Set<number>()
  const layout: BankLayout = {}
  for (const column of bankColumns) {
    const at = known[column]
      .map((pattern) => words.findIndex((word, index) => !taken.has(index) && pattern.test(word)))
      .find((index) => index >= 0)
    if (at === undefined) continue
    layout[column] = at
    taken.add(at)
  }
  // Two columns of amounts say more than a third that may be a balance.
  if (isColumn(layout.credit) && isColumn(layout.debit)) layout.amount = null
  return layout
}

/** Without a day, a label and an amount a line says nothing. */
export function missingOf(layout: BankLayout): BankColumn[] {
  const missing: BankColumn[] = []
  if (!isColumn(layout.bookedOn)) missing.push('bookedOn')
  if (!isColumn(layout.label)) missing.push('label')
  if (!isColumn(layout.amount) && !(isColumn(layout.credit) || isColumn(layout.debit))) missing.push('amount')
  return missing
}

export const isColumn = (column: number | null | undefined): column is number =>
  column !== null && column !== undefined
