import {
	NodeConnectionTypes,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type INodeType,
	type IPollFunctions,
} from 'n8n-workflow';

import { compileVendor } from '../../../engine/compile';
import type { Pagination } from '../../../engine/model';
import { executeOperations, pollList } from '../../../engine/run';
import type { Paged, World } from './world';

/** The n8n credential type of the mock vendor: its URL and a key. */
export class ModelApi implements ICredentialType {
	name = 'modelApi';

	displayName = 'Model API';

	properties = [
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string' as const, default: '' },
		{ displayName: 'API Key', name: 'apiKey', type: 'string' as const, typeOptions: { password: true }, default: '' },
	];

	/** A function rather than an expression, which would take n8n longer than the request. */
	authenticate = async (credentials: ICredentialDataDecryptedObject, options: IHttpRequestOptions): Promise<IHttpRequestOptions> => ({
		...options,
		headers: { ...options.headers, authorization: `Bearer ${String(credentials.apiKey)}` },
	});
}

/** The nodes of a vendor. */
export interface Nodes {
	node: INodeType;
	trigger: INodeType;
}

/** Compiles the document of such a vendor into the nodes that the build would make. */
export function nodesOf(world: World): Nodes {
	const { vendor, properties, trigger = [] } = compileVendor(JSON.stringify(documentOf(world)), 'model.json');
	const credentials = [{ name: 'modelApi', required: true }];
	const shared = { icon: 'fa:key' as const, group: ['output' as const], version: 1, defaults: { name: 'Model' }, credentials };
	return {
		node: {
			description: {
				...shared,
				displayName: 'Model',
				name: 'model',
				description: 'Model',
				inputs: [NodeConnectionTypes.Main],
				outputs: [NodeConnectionTypes.Main],
				properties,
			},
			async execute(this: IExecuteFunctions) {
				return await executeOperations(this, vendor);
			},
		},
		trigger: {
			description: {
				...shared,
				displayName: 'Model Trigger',
				name: 'modelTrigger',
				description: 'Model',
				group: ['trigger'],
				polling: true,
				inputs: [],
				outputs: [NodeConnectionTypes.Main],
				properties: trigger,
			},
			async poll(this: IPollFunctions) {
				return await pollList(this, vendor);
			},
		},
	};
}

const TEXT = { type: 'string' };
const NULLABLE = { type: ['string', 'null'] };
const ID = { name: 'id', in: 'path', required: true, schema: TEXT };
const OWNER = { name: 'owner', in: 'query', schema: TEXT };
const VALUES = {
	label: TEXT,
	uid: NULLABLE,
	scope: { type: 'string', enum: ['workspace', 'user'], default: 'workspace' },
	owner: TEXT,
	note: TEXT,
};
const META = { type: 'object', properties: { name: NULLABLE } };
const RECORD = { type: 'object', properties: { id: { type: ['string', 'integer'] }, ...VALUES, meta: META, version: { type: 'integer' } } };

function documentOf(world: World): object {
	const { paged, identified, deletion, idempotent } = world;
	const hasMeta = identified.match.some((property) => property.startsWith('/meta'));
	const values = { ...VALUES, ...(hasMeta ? { meta: META } : {}) };
	const body = (required: string[]) => ({
		required: true,
		content: {
			'application/json': {
				schema: { type: 'object', required, properties: { ...values, secret: { type: 'string', format: 'password' } } },
			},
		},
	});
	const one = {
		description: 'The record',
		'x-n8n-result': { record: '/data', id: '/id' },
		content: json({ type: 'object', properties: { data: RECORD } }),
	};
	const { update } = identified;
	const deleted =
		deletion === 'flag' || deletion === 'nothing'
			? { 'x-n8n-result': { deleted: true } }
			: { 'x-n8n-result': { record: '/data', id: '/id' } };
	return {
		openapi: '3.1.0',
		info: { title: 'Model', version: '1' },
		'x-n8n-credential': 'modelApi',
		'x-n8n-rate-limit': { concurrent: world.concurrent },
		security: [{ bearer: [] }],
		components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
		paths: {
			'/records': {
				post: {
					operationId: 'createRecord',
					'x-n8n-operation': { resource: 'record', operation: 'create' },
					'x-n8n-upsert': identityOf(world),
					...(idempotent ? { 'x-n8n-idempotent': true } : {}),
					requestBody: body(['label']),
					responses: { 201: one },
				},
				...(paged.inBody ? {} : { get: listOf(world) }),
			},
			...(paged.inBody ? { '/records/search': { post: listOf(world) } } : {}),
			'/records/by/{label}': {
				get: {
					operationId: 'findRecord',
					parameters: [{ name: 'label', in: 'path', required: true, schema: TEXT }],
					responses: { 200: one },
				},
			},
			'/records/{id}': {
				[(update ?? 'PATCH').toLowerCase()]: {
					operationId: 'updateRecord',
					'x-n8n-operation': { resource: 'record', operation: 'update' },
					parameters: [ID],
					requestBody: body([]),
					responses: { 200: one },
				},
				delete: {
					operationId: 'deleteRecord',
					'x-n8n-operation': { resource: 'record', operation: 'delete' },
					parameters: [ID],
					responses: {
						200: {
							description: 'It is gone',
							...deleted,
							...(deletion === 'text'
								? {}
								: { content: json({ type: 'object', properties: { deleted: { type: 'boolean' }, data: RECORD } }) }),
						},
					},
				},
			},
		},
	};
}

function json(schema: object): object {
	return { 'application/json': { schema } };
}

function identityOf({ identified }: World): object {
	const { match, optional, byOwner, single, normalize, update } = identified;
	// How a vendor compares values is declared for `match`, so that must be declared, too.
	const isMatched = !single || normalize.length > 0;
	const place = (property: string) => (property.startsWith('/') ? `/body${property}` : `/body/${property}`);
	return {
		operation: 'upsert',
		name: update ? 'Create or Update' : 'Create or Reuse',
		...(single ? { find: 'findRecord', with: { label: '/body/label' } } : { find: 'listRecords' }),
		...(isMatched ? { match: Object.fromEntries(match.map((property) => [property, place(property)])) } : {}),
		...(byOwner ? { with: { owner: '/body/owner' }, scope: ['owner'] } : {}),
		...(optional.length > 0 ? { optionalMatch: optional } : {}),
		...(normalize.length > 0 && match.includes('label') ? { normalize: { label: normalize } } : {}),
		...(update ? { update: 'updateRecord' } : {}),
	};
}

function listOf({ paged }: World): object {
	const pagination = paginationOf(paged);
	const names = Object.values(pagination.request ?? {}).filter((name) => !name.startsWith('/'));
	const parameters = [OWNER, ...names.map((name) => ({ name, in: 'query', schema: name === 'cursor' ? TEXT : { type: 'integer' } }))];
	const positions = {
		limit: { type: 'integer' },
		offset: { type: 'integer' },
		number: { type: 'integer' },
		cursor: paged.cursor === 'number' ? { type: 'integer' } : TEXT,
	};
	const inBody = Object.entries(positions).filter(([name]) => Object.values(pagination.request ?? {}).includes(`/page/${name}`));
	const search = {
		required: false,
		content: json({ type: 'object', properties: { owner: TEXT, page: { type: 'object', properties: Object.fromEntries(inBody) } } }),
	};
	const signs = {
		next: { type: ['string', 'integer', 'null'] },
		total: { type: ['integer', 'string'] },
		hasMore: { type: 'boolean' },
		done: { type: 'boolean' },
		pages: { type: 'integer' },
	};
	const list = { type: 'array', items: RECORD };
	return {
		operationId: 'listRecords',
		'x-n8n-operation': { resource: 'record', operation: 'getAll' },
		'x-n8n-trigger': true,
		'x-n8n-pagination': pagination,
		...(paged.inBody ? { requestBody: search } : { parameters }),
		responses: {
			200: {
				description: 'The records',
				'x-n8n-result': { records: paged.bare ? '' : '/data', id: '/id', changed: '/version' },
				content: json(paged.bare ? list : { type: 'object', properties: { data: list, paging: { type: 'object', properties: signs } } }),
			},
		},
	};
}

/** The document's `x-n8n-pagination`. */
export function paginationOf(paged: Paged): Pagination {
	const { style, inBody, size, first, end, cursor, bare } = paged;
	const name = (own: string) => (inBody ? `/page/${own}` : own);
	const limit = size === undefined ? {} : { limit: name('limit') };
	const own = {
		offset: { offset: name('offset') },
		page: { page: name('number') },
		cursor: { cursor: name('cursor') },
		none: {},
		'next-url': {},
		'link-header': {},
	}[style];
	const request = style === 'none' ? {} : { ...own, ...limit };
	const sign = (which: string) => (bare ? `header:x-${which.toLowerCase()}` : `/paging/${which}`);
	const isReferred = style === 'cursor' || style === 'next-url';
	const next = !isReferred
		? {}
		: {
				next:
					cursor === 'lastId' && style === 'cursor'
						? bare
							? '/-1/id'
							: '/data/-1/id'
						: cursor === 'header' && style === 'cursor'
							? 'header:X-Next'
							: sign('next'),
			};
	const counted = {
		none: {},
		total: { total: sign('total') },
		totalAsText: { total: sign('total') },
		totalOfPage: { total: sign('total') },
		hasMore: { hasMore: sign('hasMore') },
		done: { done: sign('done') },
		pages: { pages: sign('pages') },
	}[end];
	const response = { ...next, ...counted };
	return {
		style,
		...(Object.keys(request).length > 0 ? { request } : {}),
		...(size === undefined || style === 'none' ? {} : { size }),
		...(style === 'page' && first !== 1 ? { first } : {}),
		...(Object.keys(response).length > 0 && style !== 'none' ? { response } : {}),
	};
}
