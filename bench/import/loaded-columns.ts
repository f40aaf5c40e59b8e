/** What an import fills in; everything else has its default on both sides. */
export const loadedColumns =
  'id, last_name, first_name, email, phone, address, postal_code, city, department, status, kind, next_payment_on, last_sign_in_at, rpps, adeli, siret, origin'
