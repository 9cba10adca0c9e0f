import { isSecretName } from '../../../model/names';
import type { Lifecycle } from '../all';
import type { ApiOperation } from '../facts';
import type { Lookup } from '../lookups';
import { lastWord, nounOf } from '../paths';
import { cycleOf, type Cycle } from './cycle';
import { identityOf } from './identity';
import { idsOf } from './ids';
import { isLikeCredential, isSecretThing } from './like';
import { secretsIn } from './secretsOnce';
import { testCallOf } from './testCall';

/** A line of `vendor lifecycle`: the life cycle of what one operation creates. */
export interface CredentialLine {
	create: string;
	resource: string;
	get: string | null;
	list: string | null;
	update: string | null;
	delete: string | null;
	test: string | null;
	why: { [field: string]: string };
	sure: { [field: string]: number };
	[field: string]: unknown;
}

/**
 * The life cycle of each credential that a document's operations can create.
 * @param operations the create operations, as `METHOD /path`; if empty, all that create something like a credential
 */
export function readCredentials(lifecycle: Lifecycle, operations: string[]): CredentialLine[] {
	const creates =
		operations.length > 0
			? operations.flatMap((key) => lifecycle.api.byKey.get(key) ?? [])
			: lifecycle.api.operations.filter((operation) => isLikeCredential(lifecycle, operation));
	return creates.map((create) => lineOf(lifecycle, cycleOf(lifecycle, create)));
}

function lineOf(lifecycle: Lifecycle, cycle: Cycle): CredentialLine {
	const { view } = lifecycle.api;
	const { create, list } = cycle;
	const record = (list && lifecycle.roles.get(list)?.records?.record) ?? [];
	const ids = idsOf(view, cycle, record);
	const secrets = secretsIn(view, cycle, record, isSecretThing(create));
	const identity = identityOf(view, cycle);
	const test = testCallOf(lifecycle, cycle);
	const replaces = replacesOf(lifecycle, cycle);
	const key = create.inputs.find((input) => input.in === 'header' && /idempotency[-_]?(key|token)/i.test(input.name));
	const paging = pagingFor(lifecycle, list);
	const lookups = lifecycle.lookups.of(create).filter((lookup) => isAsked(lookup, identity.parts, list));
	return {
		create: create.key,
		resource: nounOf(lastWord(create.path.segments)),
		get: keyOf(cycle.get),
		list: keyOf(list),
		update: keyOf(cycle.update),
		delete: keyOf(cycle.delete),
		others: cycle.others.map(({ operation, what }) => ({ operation: operation.key, what })),
		...paging.fields,
		id: ids.id,
		secretInAnswer: secrets.pointers,
		identity: identity.parts,
		lookups: lookups.map(({ parameter, in: place, list: filled, value, title, collection }) => ({
			in: place,
			name: parameter.replace(/^body:/, ''),
			list: filled.key,
			value: value ?? '',
			label: title ?? '',
			operation: create.key,
			records: collection,
		})),
		updateReplaces: replaces.value,
		idempotencyKey: key?.name ?? null,
		test: keyOf(test.operation),
		why: {
			...cycle.why,
			...paging.why,
			id: ids.why,
			secretInAnswer: secrets.why,
			identity: identity.why,
			updateReplaces: replaces.why,
			lookups: lookups.map(({ parameter, why }) => `${parameter}: ${why}`).join('; ') || 'no list is called like an input',
			idempotencyKey: key ? `the header ${key.name}` : 'no header is called so',
			test: test.why,
		},
		sure: {
			...cycle.sure,
			...paging.sure,
			id: ids.sure,
			secretInAnswer: secrets.sure,
			identity: identity.sure,
			updateReplaces: replaces.sure,
			lookups: lookups.length === 0 ? 0.6 : lookups.reduce((least, { sure }) => Math.min(least, sure.list), 0.85),
			idempotencyKey: 0.95,
			test: test.sure,
		},
	};
}

/** Whether an input of a credential is picked from a list. Its own name and its secrets are typed. */
function isAsked({ parameter, in: place, isId, list: filled }: Lookup, identity: string[], own: ApiOperation | undefined): boolean {
	const pointer = parameter.replace(/^body:/, '');
	if (pointer.split('/').some((part) => isSecretName(part)) || /event/i.test(pointer)) return false;
	if (filled === own && identity.includes(pointer)) return false;
	return place !== 'body' || isId || pointer.endsWith('/*');
}

function keyOf(operation: ApiOperation | undefined): string | null {
	return operation?.key ?? null;
}

/** Paging in the terms of a life cycle: `size` instead of `limit`, and pointers for what the body takes. */
function pagingFor(
	lifecycle: Lifecycle,
	list: ApiOperation | undefined,
): { fields: object; why: { [field: string]: string }; sure: { [field: string]: number } } {
	const paging = list && lifecycle.paging.get(list);
	if (!paging) return { fields: { paging: null, records: null }, why: {}, sure: {} };
	const { limit, ...rest } = paging.request;
	const request = Object.fromEntries(
		Object.entries({ ...rest, ...(limit === undefined ? {} : { size: limit }) }).map(([name, place]) => [
			name,
			String(place).replace(/^body:/, ''),
		]),
	);
	const { records, ...response } = paging.response;
	return {
		fields: { paging: paging.style === 'none' ? { style: 'none' } : { style: paging.style, request, response }, records: records ?? null },
		why: { paging: paging.why, records: records === undefined ? 'no array is found in the answer' : 'the array that the list is about' },
		sure: { paging: paging.sure, records: records === undefined ? 0.4 : 0.95 },
	};
}

/** Whether an update drops what is left out: PATCH keeps it (RFC 5789), and so does PUT, as a rule, if nothing is required. */
function replacesOf({ api }: Lifecycle, { update }: Cycle): { value: boolean | null; why: string; sure: number } {
	if (!update) return { value: null, why: 'nothing updates it', sure: 0.85 };
	if (update.method !== 'PUT') return { value: false, why: `${update.method} changes only what it names`, sure: 0.92 };
	const said = `${update.summary} ${update.description}`;
	if (/\b(replaces?|overwrites?|full update)\b/i.test(said)) return { value: true, why: 'its description says so', sure: 0.85 };
	if (/\b(partial|only the (provided|specified|given)|omitted|not provided|unchanged)\b/i.test(said))
		return { value: false, why: 'its description says so', sure: 0.85 };
	const required = api.view.shape(update.body).required.size;
	return { value: required > 0, why: required > 0 ? 'PUT that wants the whole record' : 'PUT that wants nothing of the record', sure: 0.6 };
}
