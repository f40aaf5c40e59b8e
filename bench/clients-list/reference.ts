import { serveJson } from '../shared/bare-server.ts'

/** GET /api/v1/clients?status=active&sort=-lastSignIn, its first 50 rows and its total. */
const statement = {
  name: 'clients',
  text: `
    select '{"rows":' || json_agg(row_to_json(shown))::text || ',"total":' || (
        select sum(count) from current_figures
        where measure = 'clients' and day = date 'epoch' and split_part(dimension, '|', 1) = $1)
      || ',"totalIsExact":true,"sums":null,"next":' || json_build_object('key', min(shown."lastSignInAt"), 'id', min(shown.id::text))::text || '}' as json
    from (
      select c.id, c.kind, c.status, c.last_name as "lastName", c.first_name as "firstName", c.email, c.city, c.department,
        case when s.id is null then c.next_payment_on
          when s.status in ('trialing', 'active', 'past_due') and s.cancel_on is null then s.next_period_on end as "nextPaymentOn", c.last_sign_in_at as "lastSignInAt", c.created_at as "createdAt",
        c.trashed_at as "trashedAt", c.account_manager_id as "accountManagerId", s.status as subscription, s.trial_ends_on as "trialEndsOn",
        s.monthly_cents as "monthlyCents"
      from (
        select * from clients
        where trashed_at is null and status = $1 and last_sign_in_at is not null
        order by last_sign_in_at desc, id desc limit 50) c
      left join subscriptions s on s.client_id = c.id and s.is_current
      order by c.last_sign_in_at desc, c.id desc) shown`,
}

serveJson(statement, ['active'])
