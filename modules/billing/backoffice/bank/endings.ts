/** Accounts by their last signs, as bank cards are told: •••• 7809. */
export const endings = (accounts: readonly string[]): string =>
  accounts.map((ending) => `••••\u00a0${ending}`).join(', ')
