-- How facts are written and folded (ADR 8). Installed anew after every migration.

create or replace function luytre_slice_first(day date) returns date language sql immutable parallel safe as
$$ select case when extract(day from day) < 15 then date_trunc('month', day)::date
               when extract(day from day) = 15 then day
               else (date_trunc('month', day) + interval '15 days')::date end $$;

create or replace function luytre_slice_last(day date) returns date language sql immutable parallel safe as
$$ select case when extract(day from day) < 15 then (date_trunc('month', day) + interval '13 days')::date
               when extract(day from day) = 15 then day
               else (date_trunc('month', day) + interval '1 month - 1 day')::date end $$;

-- The slot that counts how many parts of a number are only about, nearly or more than; none for exact ones.
create or replace function luytre_mark(slot int, qualifier text) returns int language sql immutable parallel safe as
$$ select slot + 1024 * array_position(array['about', 'nearly', 'more_than'], qualifier) $$;

-- Two rows of sixty-four amounts, place by place. ADDED and SUMMED are written out when this is installed.
create or replace function luytre_added(a bigint[], b bigint[]) returns bigint[] language plpgsql immutable strict parallel safe as
$$ begin return ADDED(a, b); end $$;

create or replace aggregate luytre_sum(bigint[]) (sfunc = luytre_added, stype = bigint[], parallel = safe);

-- Places within a chunk and their amounts, as a full row of sixty-four.
create or replace function luytre_dense(places int[], amounts bigint[]) returns bigint[] language plpgsql immutable parallel safe as
$$ declare filled bigint[] := array_fill(0::bigint, array[64]);
begin
    for n in 1..array_length(places, 1) loop
        filled[places[n] + 1] := filled[places[n] + 1] + amounts[n];
    end loop;
    return filled;
end $$;

-- Only the amounts of stocks, as opening balances keep them.
create or replace function luytre_stocks_of(chunk int, amounts bigint[], stocks int[]) returns bigint[] language sql immutable parallel safe as
$$ select array_agg(case when (chunk * 64 + n - 1) % 1024 = any (stocks) then amount else 0 end order by n)
   from unnest(amounts) with ordinality u(amount, n) $$;

create or replace function reporting_stock_slots() returns int[] language sql stable as
$$ select coalesce(array_agg(slot::int), '{}') from reporting_definition where behaviour = 'stock' and slot is not null $$;

-- Adds up to `most` deltas to the sums; the caller holds the folder's lock. Returns how many were folded.
create or replace function reporting_fold(most int) returns int language sql as
$$ with taken as materialized (
    delete from reporting_factdelta where id in (select id from reporting_factdelta order by id limit most)
    returning area_id, chunk, first_day, last_day, amounts
), told as materialized (
    select area_id, chunk, first_day, last_day, luytre_sum(amounts) amounts from taken group by 1, 2, 3, 4
), opened as (  -- what changes the past changes the opening balances after it
    select t.area_id, t.chunk, date '0001-01-01', o.day, luytre_sum(luytre_stocks_of(t.chunk, t.amounts, s.slots)) amounts
    from told t join reporting_factopening o on o.day >= t.last_day, (select reporting_stock_slots() slots) s
    group by 1, 2, 3, 4
), dense as materialized (
    select * from told union all select * from opened where 0 <> any (amounts)
), sums as (
    insert into reporting_factsum as kept (area_id, chunk, first_day, last_day, amounts)
    select * from dense order by 1, 2, 3, 4
    on conflict (area_id, chunk, first_day, last_day) do update set amounts = ADDED(kept.amounts, excluded.amounts)
), seated as (
    select area_id, array_agg(era order by era) eras, array_agg(path order by era) paths
    from reporting_factseat where area_id in (select area_id from dense) group by 1
), alike as (  -- leads that always stood in the same provinces are added up first
    select eras, paths, chunk, first_day, last_day, SUMMED(amounts) amounts
    from dense join seated using (area_id) group by 1, 2, 3, 4, 5
), tops as (
    insert into reporting_facttop as kept (era, path, chunk, first_day, last_day, amounts)
    select u.era, p.path, chunk, first_day, last_day, luytre_sum(amounts)
    from alike, unnest(eras, paths) u(era, path), lateral (select u.path union select '0.') p(path)
    group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
    on conflict (era, path, chunk, first_day, last_day) do update set amounts = ADDED(kept.amounts, excluded.amounts)
)
select count(*)::int from taken $$;

-- What a unit last said of its stocks before a day, with what it took over since: one row a statistic and origin.
create or replace function reporting_stock_before(unit bigint, form_code text, before date)
returns table (slot int, amount numeric, qualifier text) language plpgsql stable as
$$ declare latest date;
begin
    select max(r.last_day) into latest from reporting_return r join reporting_returnform f on f.id = r.form_id
    where r.area_id = unit and f.code = form_code and r.last_day < before and r.number > 0;
    return query
        select u.slot::int, coalesce(u.amount, 0)::numeric, coalesce(r.qualifiers ->> u.code, 'exact')
        from reporting_return r join reporting_returnform f on f.id = r.form_id,
             unnest(f.slots, f.stocks, f.codes, r.values) u(slot, is_stock, code, amount)
        where r.area_id = unit and f.code = form_code and r.last_day = latest and r.number > 0 and u.is_stock;
    return query
        select x.slot, x.amount * coalesce(s.share, 1), x.qualifier
        from areas_succession s, lateral reporting_stock_before(s.before_id, form_code, 'infinity') x
        where s.after_id = unit and (s.is_main or s.share is not null)
          and s."on" > coalesce(latest, '-infinity') and s."on" <= before;
end $$;

-- The next return of a unit, or of what became of it, whose stocks are told as changes from this one.
create or replace function reporting_stock_after(unit bigint, form_code text, day date)
returns table (area_id bigint, first_day date, last_day date, weight numeric) language plpgsql stable as
$$ begin
    return query
        select r.area_id, r.first_day, r.last_day, 1::numeric
        from reporting_return r join reporting_returnform f on f.id = r.form_id
        where r.area_id = unit and f.code = form_code and r.last_day > day and r.number > 0
        order by r.last_day limit 1;
    if not found then
        return query
            select x.area_id, x.first_day, x.last_day, x.weight * coalesce(s.share, 1)
            from areas_succession s, lateral reporting_stock_after(s.after_id, form_code, s."on" - 1) x
            where s.before_id = unit and (s.is_main or s.share is not null);
    end if;
end $$;

-- Lets changes wait for the folder, a chunk of statistics to a row.
create or replace function reporting_post(lead bigint, since date, until date, slots int[], changes bigint[])
returns void language plpgsql as
$$ begin
    insert into reporting_factdelta (area_id, chunk, first_day, last_day, amounts)
    select lead, u.slot / 64, since, until, luytre_dense(array_agg(u.slot % 64), array_agg(u.amount))
    from unnest(slots, changes) u(slot, amount) where u.amount <> 0 group by 2;
end $$;

-- The slots that count marks, for whatever is not said to be exact.
create or replace function reporting_marks(slots int[], codes text[], qualifiers jsonb) returns int[] language plpgsql immutable as
$$ begin
    return (select coalesce(array_agg(luytre_mark(u.slot, qualifiers ->> u.code)), '{}')
            from unnest(slots, codes) u(slot, code) where qualifiers ->> u.code <> 'exact');
end $$;

-- Writes a return and what it changes in the totals. Error LT409: somebody else sent it in meanwhile.
create or replace function reporting_submit(
    p_form bigint, p_area bigint, p_first date, p_last date, p_values bigint[], p_qualifiers jsonb, p_comments jsonb,
    p_seen jsonb, p_seconds int, p_by bigint, p_at timestamptz, p_base int
) returns table (return_id bigint, version int) language plpgsql as
$$ declare
    form_code text;
    form_slots int[];
    form_stocks boolean[];
    form_codes text[];
    old_id bigint;
    old_number int;
    has_stock boolean;
    is_first boolean;
    is_followed boolean;
    lead bigint;
    was bigint[];
    was_said jsonb;
    was_on date;
    changed bigint[];
    marks int[];
    marks_before int[];
begin
    perform pg_advisory_xact_lock_shared(7101);
    select f.code, f.slots, f.stocks, f.codes, true = any (f.stocks), coalesce(a.lead_id, a.id)
    into strict form_code, form_slots, form_stocks, form_codes, has_stock, lead
    from reporting_returnform f, areas_area a where f.id = p_form and a.id = p_area;
    if has_stock then  -- a unit and what becomes of it tell their stocks one after the other
        perform pg_advisory_xact_lock(7102, (
            select place_id::int from areas_standing s where s.area_id = p_area order by s.valid_from desc, s.place_id limit 1));
    end if;
    select r.id, r.number, r.values, r.qualifiers into old_id, old_number, was, was_said from reporting_return r
    where r.area_id = p_area and r.form_id = p_form and r.first_day = p_first and r.last_day = p_last for update;
    is_first := coalesce(old_number, 0) = 0;
    if coalesce(old_number, 0) <> p_base then
        raise exception 'changed' using errcode = 'LT409';
    end if;
    if is_first and has_stock then
        select r.values, r.qualifiers, r.last_day into was, was_said, was_on from reporting_return r
        where r.area_id = p_area and r.form_id = p_form and r.last_day < p_last and r.number > 0 order by r.last_day desc limit 1;
        if exists (select from areas_succession s where s.after_id = p_area and (s.is_main or s.share is not null)
                       and s."on" > coalesce(was_on, '-infinity') and s."on" <= p_last)
            or exists (select from reporting_returnform f join reporting_return r on r.form_id = f.id
                       where f.code = form_code and f.id <> p_form and r.area_id = p_area and r.number > 0
                         and r.last_day < p_last and r.last_day >= coalesce(was_on, '-infinity')) then
            select array_agg(b.amount order by u.n) into was
            from unnest(form_slots) with ordinality u(slot, n)
            left join (
                select x.slot, round(sum(x.amount))::bigint amount from reporting_stock_before(p_area, form_code, p_last) x group by 1
            ) b using (slot);
            select coalesce(array_agg(luytre_mark(x.slot, x.qualifier)), '{}') into marks_before
            from reporting_stock_before(p_area, form_code, p_last) x where x.qualifier <> 'exact';
        elsif was_said is not null then
            select coalesce(array_agg(luytre_mark(u.slot, was_said ->> u.code)), '{}') into marks_before
            from unnest(form_slots, form_stocks, form_codes) u(slot, is_stock, code) where u.is_stock and was_said ->> u.code <> 'exact';
        end if;
    elsif is_first then
        was := null;
    elsif was_said is not null then
        marks_before := reporting_marks(form_slots, form_codes, was_said);
    end if;
    if has_stock and array_position(p_values, null) is not null then  -- what is not said anew stays as it was
        select array_agg(case when u.is_stock then coalesce(u.amount, u.was) else u.amount end order by u.n) into p_values
        from unnest(form_stocks, p_values, was) with ordinality u(is_stock, amount, was, n) where u.n <= cardinality(form_slots);
    end if;
    if old_id is null then
        insert into reporting_return (form_id, area_id, first_day, last_day, number, values, qualifiers, comments, seen,
                                      seconds, sent_by_id, sent_at, first_sent_at)
        values (p_form, p_area, p_first, p_last, 1, p_values, p_qualifiers, p_comments, p_seen, p_seconds, p_by, p_at, p_at)
        on conflict do nothing returning id into return_id;
        if return_id is null then
            raise exception 'changed' using errcode = 'LT409';
        end if;
        version := 1;
    else
        return_id := old_id;
        version := old_number + 1;
        if old_number > 0 then  -- a correction never silently replaces
            insert into reporting_returnversion (report_id, number, values, qualifiers, comments, seen, sent_by_id, sent_at)
            select r.id, r.number, r.values, r.qualifiers, r.comments, r.seen, r.sent_by_id, r.sent_at
            from reporting_return r where r.id = old_id;
        end if;
        update reporting_return r set number = old_number + 1, values = p_values, qualifiers = p_qualifiers,
            comments = p_comments, seen = p_seen, seconds = r.seconds + p_seconds, sent_by_id = p_by, sent_at = p_at,
            first_sent_at = coalesce(r.first_sent_at, p_at)
        where r.id = old_id;
    end if;
    insert into reporting_returnstep (report_id, kind, number, at, by_id, reason) values (return_id, 'sent', version, p_at, p_by, '');
    is_followed := has_stock and (
        exists (select from areas_succession s where s.before_id = p_area)
        or exists (select from reporting_return r join reporting_returnform f on f.id = r.form_id
                   where r.area_id = p_area and f.code = form_code and r.last_day > p_last and r.number > 0));
    if p_qualifiers is null and marks_before is null and not is_followed then  -- nearly always
        insert into reporting_factdelta (area_id, chunk, first_day, last_day, amounts)
        select lead, u.slot / 64, p_first, p_last, luytre_dense(array_agg(u.slot % 64), array_agg(u.amount))
        from (
            select u.slot, coalesce(u.amount, 0) - case when is_first and not u.is_stock then 0 else coalesce(u.was, 0) end amount
            from unnest(form_slots, form_stocks, p_values, was) u(slot, is_stock, amount, was)
        ) u where u.slot is not null and u.amount <> 0 group by 2;
        return next;
        return;
    end if;
    select array_agg(coalesce(u.amount, 0) - case when is_first and not u.is_stock then 0 else coalesce(u.was, 0) end) into changed
    from unnest(form_stocks, p_values, was) u(is_stock, amount, was) where u.is_stock is not null;
    marks := case when p_qualifiers is null then '{}' else reporting_marks(form_slots, form_codes, p_qualifiers) end;
    marks_before := coalesce(marks_before, '{}');
    perform reporting_post(lead, p_first, p_last, form_slots || marks || marks_before,
        changed || array_fill(1::bigint, array[cardinality(marks)]) || array_fill(-1::bigint, array[cardinality(marks_before)]));
    if is_followed then
        perform reporting_follow(p_area, form_code, p_last, form_slots, form_stocks, changed, marks, marks_before);
    end if;
    return next;
end $$;

-- The next return told its stocks as changes from this one: what rose here rises less there.
create or replace function reporting_follow(
    unit bigint, form_code text, day date, slots int[], stocks boolean[], changed bigint[], marks int[], marks_before int[]
) returns void language plpgsql as
$$ declare later record; lead bigint; followed int[]; amounts bigint[];
begin
    for later in select * from reporting_stock_after(unit, form_code, day) loop
        select coalesce(a.lead_id, a.id) into lead from areas_area a where a.id = later.area_id;
        select array_agg(x.slot), array_agg(x.amount) into followed, amounts
        from (
            select u.slot, -round(u.amount * later.weight)::bigint amount from unnest(slots, stocks, changed) u(slot, is_stock, amount)
            where u.is_stock
            union all
            select m.slot, m.count from (
                select m slot, -1::bigint count from unnest(marks) m union all select m, 1 from unnest(marks_before) m
            ) m join unnest(slots, stocks) u(slot, is_stock) on u.slot = m.slot % 1024 and u.is_stock
        ) x;
        perform reporting_post(lead, later.first_day, later.last_day, followed, amounts);
    end loop;
end $$;
