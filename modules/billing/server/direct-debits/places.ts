/** To what place the vault binds what it seals: moved to another row it does not open. */
export const ibanPlace = (id: string): string => `sepa_mandates.iban_sealed:${id}`
export const filePlace = (id: string): string => `sepa_batches.xml_sealed:${id}`
