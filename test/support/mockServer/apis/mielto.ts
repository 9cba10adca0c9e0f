import { randomUUID } from 'node:crypto';

import type { Call, Failure, Problem, Vendor, VendorAnswer } from '../types';
import { laterDate } from './time';

const FILTERS = ['credential_type', 'auth_type', 'status'];

/** Mielto: a FastAPI application, whose 422 responses repeat what was sent. */
export const mielto: Vendor = {
	key: 'mielto-demo-key',
	refusal: 422,
	error,
	answers: { createCredential, listCredentials, updateCredential },
};

function error({ status, message, problems, echo }: Failure) {
	if (status !== 422) return { detail: echo ? { message, errors: [echo] } : message };
	if (problems.length > 0) return { detail: problems.map(detailOf) };
	const input = echo?.body ?? null;
	return { detail: [{ type: 'value_error', loc: ['body'], msg: message, input, ...(echo ? { ctx: echo } : {}) }] };
}

// The messages of pydantic 2, which FastAPI uses.
function detailOf({ in: place, path, keyword, params, message, value }: Problem) {
	const many = (count: unknown, noun: string) => `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
	const words: Record<string, () => { type: string; msg: string; ctx?: object }> = {
		required: () => ({ type: 'missing', msg: 'Field required' }),
		json: () => ({ type: 'json_invalid', msg: 'JSON decode error' }),
		contentType: () => ({ type: 'model_attributes_type', msg: 'Input should be a valid dictionary or object to extract fields from' }),
		type: () => typeWords(String(params.type)),
		enum: () => {
			const expected = (params.allowedValues as unknown[])
				.map((each) => `'${String(each)}'`)
				.join(', ')
				.replace(/, ([^,]*)$/, ' or $1');
			return { type: 'enum', msg: `Input should be ${expected}`, ctx: { expected } };
		},
		minLength: () => ({
			type: 'string_too_short',
			msg: `String should have at least ${many(params.limit, 'character')}`,
			ctx: { min_length: params.limit },
		}),
		maxLength: () => ({
			type: 'string_too_long',
			msg: `String should have at most ${many(params.limit, 'character')}`,
			ctx: { max_length: params.limit },
		}),
		minimum: () => ({
			type: 'greater_than_equal',
			msg: `Input should be greater than or equal to ${String(params.limit)}`,
			ctx: { ge: params.limit },
		}),
		maximum: () => ({
			type: 'less_than_equal',
			msg: `Input should be less than or equal to ${String(params.limit)}`,
			ctx: { le: params.limit },
		}),
	};
	const { type, msg, ctx } = words[keyword]?.() ?? { type: 'value_error', msg: `Value error, ${message}` };
	return { type, loc: [place, ...path], msg, input: value, ...(ctx ? { ctx } : {}) };
}

function typeWords(type: string) {
	const known: Record<string, [string, string]> = {
		object: ['dict_type', 'dictionary'],
		array: ['list_type', 'list'],
		integer: ['int_type', 'integer'],
		boolean: ['bool_type', 'boolean'],
	};
	const [name, noun] = known[type] ?? [`${type}_type`, type];
	return { type: name, msg: `Input should be a valid ${noun}` };
}

function createCredential({ params, body }: Call): VendorAnswer {
	const sent = body as Record<string, unknown>;
	const now = laterDate();
	const id = randomUUID();
	const record = {
		label: sent.label,
		description: sent.description ?? null,
		auth_type: sent.auth_type,
		credential_type: sent.credential_type ?? null,
		credential_scope: sent.credential_scope,
		provider: sent.provider ?? 'custom',
		user_id: sent.user_id ?? null,
		id,
		workspace_id: workspaceOf(params),
		created_by: 'user_demo',
		status: 'active',
		expires_at: null,
		last_used_at: null,
		created_at: now,
		updated_at: now,
	};
	return { body: record, created: { id, record } };
}

function listCredentials({ params, stored }: Call): VendorAnswer {
	const { limit = 100, skip = 0, ...others } = params as { limit?: number; skip?: number; [name: string]: unknown };
	const filters = FILTERS.filter((name) => others[name] !== undefined);
	const all = stored
		.filter((each) => workspaceOf(each.params) === workspaceOf(params))
		.map(({ record }) => record as Record<string, unknown>)
		.filter((record) => filters.every((name) => record[name] === others[name]));
	const credentials = all.slice(skip, skip + limit);
	return { body: { credentials, total: all.length, page: Math.floor(skip / limit) + 1, size: limit } };
}

// Mielto does not say whether new secrets are merged with the old ones; here they replace them.
function updateCredential({ params, body, stored }: Call): VendorAnswer {
	const found = stored.find(({ id, params: own }) => id === params.credential_id && workspaceOf(own) === workspaceOf(params));
	if (!found) return { refused: { status: 404, message: 'Credential not found' } };
	const sent = body as Record<string, unknown>;
	const record = found.record as Record<string, unknown>;
	const shown = Object.fromEntries(Object.entries(sent).filter(([name]) => ['label', 'description', 'credential_scope'].includes(name)));
	found.record = { ...record, ...shown, updated_at: laterDate(record.updated_at) };
	found.body = { ...(found.body as object), ...sent };
	return { body: found.record };
}

// Without the header, the key's workspace applies.
function workspaceOf(params: Record<string, unknown>): string {
	return String(params['X-Workspace-Id'] ?? 'workspace_demo');
}
