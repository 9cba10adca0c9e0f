import * as http from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Json } from '../../../engine/model';
import { advance, now } from './clock';
import { DEFAULTS, isMeant, SETTLED, type Entered, type Paged, type VendorRecord, type World } from './world';

/** How a request fails. */
export type Failing =
	/** An error status, before or after the work is done. */
	| { kind: 'status'; status: number; stored: boolean; retryAfter?: number }
	/** The connection is cut. */
	| { kind: 'reset'; stored: boolean }
	/** A success status with a body that lacks what it should contain. */
	| { kind: 'body'; status: number; text: 'cut' | 'empty' | 'object' | 'html'; stored: boolean }
	/** An empty list although there are records. */
	| { kind: 'emptyList' };

/** Which of the requests of a step fail. */
export interface Fault {
	on: 'writes' | 'reads';
	/** How many requests pass first. */
	skip: number;
	times: number;
	failing: Failing;
	/** Delay of the work: up to 1, as a fraction of the time that the engine waits; above 1, in milliseconds. */
	late: number;
}

/** A change by somebody else, before one of a step's requests. */
export interface Change {
	before: number;
	what: 'create' | 'update' | 'delete';
	/** Position of the record in the list, modulo its length. */
	pick: number;
	values: Entered;
}

/** A completed write. */
export interface Write {
	at: number;
	/** When its request arrived. */
	sent: number;
	what: 'create' | 'update' | 'delete';
	id: string;
	by: 'run' | 'other';
	/** The request's `note`, which identifies the item. */
	note?: Json;
	body: Entered;
	before?: VendorRecord;
	after?: VendorRecord;
}

/** A received request. */
export interface Request {
	at: number;
	line: string;
	body: string;
	/** What was sent in response. */
	answer: string;
	/** The response leaves open whether the work was done. */
	isDoubtful: boolean;
}

interface Answer {
	status: number;
	body?: unknown;
	text?: string;
	headers?: { [name: string]: string };
}

/** A cursor of the vendor: the last record of the previous page. */
interface Cursor {
	after?: VendorRecord;
	owner?: string;
	/** The next page is empty, and leads to another empty one. */
	endless?: boolean;
}

/** Duration of a request, in milliseconds. */
const LATENCY = 5;
/** The key of another workspace; all other keys lead to the records of this one. */
export const ELSEWHERE = 'key-elsewhere';

/** A mock vendor with one server for all scenarios, since starting many would be slow. */
export class MockVendor {
	private readonly server = http.createServer((request, response) => void this.answer(request, response));
	private world!: World;
	/** All versions of each record, oldest first; undefined for a deletion. */
	private versions = new Map<string, Array<{ at: number; record?: VendorRecord }>>();
	private seq = new Map<string, number>();
	private cursors = new Map<string, Cursor>();
	private due: Array<{ at: number; work: () => void }> = [];
	private served = 0;
	faults: Fault[] = [];
	changes: Change[] = [];
	writes: Write[] = [];
	requests: Request[] = [];
	/** When lists were requested. */
	readings: number[] = [];

	async listen(): Promise<void> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	/** Becomes another vendor, without records. */
	become(world: World): void {
		this.world = world;
		this.versions = new Map();
		this.seq = new Map();
		this.cursors = new Map();
		this.due = [];
		this.writes = [];
		this.step([], []);
	}

	/** Begins a step, with faults and with changes that somebody else makes meanwhile. */
	step(faults: Fault[], changes: Change[]): void {
		this.faults = faults.map((fault) => ({ ...fault }));
		this.changes = changes;
		this.served = 0;
		this.requests = [];
		this.readings = [];
	}

	/** Makes somebody else's change at once. */
	other({ what, pick, values }: Omit<Change, 'before'>): void {
		this.catchUp();
		const all = this.current();
		if (what === 'create') this.create(values, 'other');
		else if (all.length > 0) {
			const id = String(all[pick % all.length].id);
			if (what === 'update') this.update(id, values, 'other');
			else this.remove(id, 'other');
		}
	}

	/** Does all delayed work that is due by now. */
	catchUp(): void {
		const isDue = ({ at }: { at: number }) => at <= now();
		const due = this.due.filter(isDue).sort((a, b) => a.at - b.at);
		this.due = this.due.filter((one) => !isDue(one));
		for (const { work } of due) work();
	}

	/** The records at a given time, in list order. */
	at(time: number): VendorRecord[] {
		const records = [...this.versions.values()].flatMap((versions) => versions.filter(({ at }) => at <= time).at(-1)?.record ?? []);
		return records.sort((a, b) => this.compare(a, b));
	}

	current(): VendorRecord[] {
		return this.at(now());
	}

	/** The versions of a record in a time span, beginning with the one at its start. */
	versionsOf(id: string, from: number, to: number): Array<VendorRecord | undefined> {
		const all = this.versions.get(id) ?? [];
		const first = all.filter(({ at }) => at <= from).at(-1);
		return [first?.record, ...all.filter(({ at }) => at > from && at <= to).map(({ record }) => record)];
	}

	get ids(): string[] {
		return [...this.versions.keys()];
	}

	private compare(a: VendorRecord, b: VendorRecord): number {
		const seq = ({ id }: VendorRecord) => this.seq.get(String(id)) ?? Number(String(id).slice(2));
		const { order } = this.world.paged;
		const label = (record: VendorRecord) => String(record.label);
		if (order === 'label' && label(a) !== label(b)) return label(a) < label(b) ? -1 : 1;
		return order === 'newest' ? seq(b) - seq(a) : seq(a) - seq(b);
	}

	// Writing

	private create(body: Entered, by: Write['by'], at = now(), sent = at): VendorRecord {
		const number = this.seq.size + 1;
		const id = this.world.numericIds ? 1_000_000 + number : `rec_${number}x`;
		this.seq.set(String(id), number);
		const record = recordOf(this.world, body, id);
		this.done({ at, sent, what: 'create', id: String(id), by, note: body.note, body, after: record });
		return record;
	}

	private update(id: string, body: Entered, by: Write['by'], at = now(), sent = at): VendorRecord | undefined {
		const before = this.latest(id);
		if (!before) return undefined;
		const after = updated(before, body);
		this.done({ at, sent, what: 'update', id, by, note: body.note, body, before, after });
		return after;
	}

	private remove(id: string, by: Write['by'], at = now(), sent = at): VendorRecord | undefined {
		const before = this.latest(id);
		if (before) this.done({ at, sent, what: 'delete', id, by, body: {}, before });
		return before;
	}

	private latest(id: string): VendorRecord | undefined {
		return this.versions.get(id)?.at(-1)?.record;
	}

	private done(write: Write): void {
		this.writes.push(write);
		const versions = this.versions.get(write.id) ?? [];
		versions.push({ at: write.at, record: write.after });
		this.versions.set(write.id, versions);
	}

	// Answering

	private async answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
		let text = '';
		for await (const chunk of request) text += String(chunk);
		advance(LATENCY);
		this.catchUp();
		for (const change of this.changes.filter(({ before }) => before === this.served)) this.other(change);
		this.served++;
		const url = new URL(request.url ?? '/', this.url);
		const body = text === '' ? {} : (JSON.parse(text) as Entered);
		const isRead = request.method === 'GET' || url.pathname === '/records/search';
		const isCreation = request.method === 'POST' && url.pathname === '/records';
		if (isRead) this.readings.push(now());
		const line = `${request.method} ${url.pathname}${url.search}`;
		const logged: Request = { at: now(), line, body: text, answer: '', isDoubtful: false };
		this.requests.push(logged);
		const fault = this.faultFor(isRead ? 'reads' : 'writes');
		const key = request.headers.authorization?.slice('Bearer '.length);
		const work = () => this.handle(request.method ?? 'GET', url, body, key);
		if (!fault) {
			const answer = work();
			logged.answer = `${answer.status} ${answer.text ?? JSON.stringify(answer.body) ?? ''}`;
			return send(response, answer);
		}
		const { failing } = fault;
		// If a success status is all that a response promises, nobody can detect that it is false, so the work has to be done.
		const isPromise = failing.kind === 'body' && !isCreation;
		const late = isPromise ? 0 : lateness(fault.late, this.world);
		logged.answer = JSON.stringify(failing);
		logged.isDoubtful = isDoubtful(failing);
		if (failing.kind === 'emptyList') return send(response, this.emptied());
		let answer: Answer = { status: 0 };
		const isStored = failing.stored || isPromise;
		if (isStored && !isRead && late > 0) {
			const at = now() + late;
			this.due.push({ at, work: () => void this.handle(request.method ?? '', url, body, key, at, logged.at) });
			logged.answer += ` stored ${late} ms later`;
		} else if (isStored || isRead) answer = work();
		// Do not promise success for work that is impossible.
		if (isPromise && answer.status >= 400) return send(response, answer);
		if (failing.kind === 'reset') return void request.socket.destroy();
		if (failing.kind === 'status') {
			const headers: { [name: string]: string } = failing.retryAfter === undefined ? {} : { 'retry-after': String(failing.retryAfter) };
			return send(response, { status: failing.status, body: { message: `Status ${failing.status}` }, headers });
		}
		const whole = answer.text ?? JSON.stringify(answer.body ?? { data: { id: 'rec' } });
		const texts = { cut: whole.slice(0, Math.max(1, whole.length - 3)), empty: '', object: '{}', html: '<html><body>Please wait' };
		// For a list, 204 means that it is empty, and nobody could detect that this is false.
		const status = isRead && failing.status === 204 ? 200 : failing.status;
		return send(response, { status, text: texts[failing.text] });
	}

	private faultFor(on: Fault['on']): Fault | undefined {
		for (const fault of this.faults) {
			if (fault.on !== on || fault.times <= 0) continue;
			if (fault.skip-- > 0) continue;
			fault.times--;
			return fault;
		}
		return undefined;
	}

	private handle(method: string, url: URL, body: Entered, workspace: string | undefined, at = now(), sent = at): Answer {
		const [, collection, key, ...more] = url.pathname.split('/');
		if (collection !== 'records' || more.length > (key === 'by' ? 1 : 0)) return NOT_FOUND;
		if (key === 'by') return this.single(decodeURIComponent(more[0] ?? ''));
		if (key === undefined && method === 'POST') return this.created(body, at, sent);
		if ((key === undefined && method === 'GET') || key === 'search') return this.list(url, body, workspace);
		const id = decodeURIComponent(key ?? '');
		if (method === 'DELETE') return this.deleted(id, at, sent);
		const record = method === 'GET' ? this.latest(id) : this.update(id, body, 'run', at, sent);
		return record ? { status: 200, body: { data: record } } : NOT_FOUND;
	}

	private created(body: Entered, at: number, sent: number): Answer {
		const { idempotent, unique, identified } = this.world;
		const same = this.current().find(({ note }) => note === body.note && note !== undefined);
		if (idempotent && same) return { status: 200, body: { data: same } };
		const whole = recordOf(this.world, body, 0) as unknown as Entered;
		const taken = unique && this.current().some((record) => isMeant(identified, record, whole, identified.optional));
		if (taken) return { status: 409, body: { message: 'There is such a record' } };
		return { status: 201, body: { data: this.create(body, 'run', at, sent) } };
	}

	private deleted(id: string, at: number, sent: number): Answer {
		const record = this.remove(id, 'run', at, sent);
		if (!record) return NOT_FOUND;
		const { deletion } = this.world;
		if (deletion === 'nothing') return { status: 204 };
		return deletion === 'text'
			? { status: 200, text: 'OK' }
			: { status: 200, body: deletion === 'flag' ? { deleted: true } : { data: record } };
	}

	private visible(key: string | undefined): VendorRecord[] {
		const { lag, jitter, elsewhere } = this.world;
		if (key === ELSEWHERE)
			return Array.from({ length: elsewhere }, (_one, index) => recordOf(this.world, { label: `Elsewhere ${index}` }, `b_${index}`)).sort(
				(a, b) => this.compare(a, b),
			);
		return this.at(now() - (jitter ? Math.floor(Math.random() * (lag + 1)) : lag));
	}

	private single(label: string): Answer {
		const { identified } = this.world;
		const found = this.visible(undefined).find((record) => isMeant({ ...identified, byOwner: false }, record, { label }, []));
		return found ? { status: 200, body: { data: found } } : NOT_FOUND;
	}

	private list(url: URL, body: Entered, key: string | undefined): Answer {
		const { paged } = this.world;
		const asked = (name: string): string | undefined => {
			const value = paged.inBody ? (body.page as { [name: string]: Json } | undefined)?.[name] : url.searchParams.get(name);
			return value === null || value === undefined ? undefined : String(value);
		};
		const cursor = asked('cursor');
		const known = cursor === undefined ? undefined : this.cursors.get(cursor);
		if (cursor !== undefined && !known) return { status: 400, body: { message: 'There is no such cursor' } };
		const owner = (url.searchParams.get('owner') ?? known?.owner ?? (body.owner as string | undefined)) || undefined;
		const all = this.visible(key).filter((record) => owner === undefined || record.owner === owner);
		const size = Math.min(Number(asked('limit') ?? Infinity), paged.cap);
		return this.page(paged, all, size, {
			offset: Number(asked('offset') ?? 0),
			number: Number(asked('number') ?? paged.first),
			known,
			owner,
		});
	}

	private page(
		paged: Paged,
		all: VendorRecord[],
		cap: number,
		asked: { offset: number; number: number; known?: Cursor; owner?: string },
	): Answer {
		const { style, odd } = paged;
		const { known, owner } = asked;
		const isWhole = style === 'none' || odd === 'ignoresAll';
		const size = paged.ragged ? Math.max(style === 'offset' ? Math.min(2, cap) : 0, Math.floor(Math.random() * (cap + 1))) : cap;
		const after = known?.after;
		const position =
			style === 'offset'
				? asked.offset
				: style === 'page'
					? (asked.number - paged.first) * cap
					: after
						? all.filter((one) => this.compare(one, after) <= 0).length
						: 0;
		const begin = isWhole || odd === 'ignoresPosition' ? 0 : Math.max(0, position);
		const records = isWhole ? all : known?.endless ? [] : all.slice(begin, begin + size);
		const isLast = isWhole || begin + records.length >= all.length;
		const ends = odd === 'saysMore' ? false : isLast;
		const leads =
			!isLast ||
			odd === 'saysMore' ||
			odd === 'endless' ||
			odd === 'ignoresPosition' ||
			odd === 'ignoresAll' ||
			(paged.lazyEnd && records.length > 0) ||
			(paged.cursor === 'lastId' && records.length > 0);
		const next =
			style === 'cursor' || style === 'next-url' || style === 'link-header'
				? leads
					? this.nextAfter(records.at(-1) ?? after, isLast && odd === 'endless', owner, known)
					: undefined
				: undefined;
		return this.answerWith(paged, records, {
			next,
			isLast: ends,
			total: all.length + (odd === 'totalTooLarge' ? 3 : 0),
			pages: Math.ceil(all.length / Math.max(1, cap)),
			owner,
		});
	}

	/** A cursor that continues after a record. */
	private nextAfter(after: VendorRecord | undefined, endless: boolean, owner: string | undefined, known: Cursor | undefined): string {
		const { cursor, odd } = this.world.paged;
		if (cursor === 'lastId') return this.leadsOn(String(after?.id), { after, owner });
		const [first] = [...this.cursors].filter(([, one]) => one.owner === owner).map(([text]) => text);
		if (odd === 'cycle' && known && first !== undefined) return first;
		const number = this.cursors.size + 1;
		return this.leadsOn(cursor === 'number' ? String(number * 7) : `c+${number}/=&?`, { after, owner, ...(endless ? { endless } : {}) });
	}

	private leadsOn(text: string, cursor: Cursor): string {
		this.cursors.set(text, cursor);
		return text;
	}

	private answerWith(
		paged: Paged,
		records: VendorRecord[],
		{ next, isLast, total, pages, owner }: { next?: string; isLast: boolean; total: number; pages: number; owner?: string },
	): Answer {
		const { style, end, blank, cursor, bare } = paged;
		const headers: { [name: string]: string } = {};
		const signs: { [name: string]: unknown } = {};
		const query = `cursor=${encodeURIComponent(next ?? '')}${owner === undefined ? '' : `&owner=${encodeURIComponent(owner)}`}`;
		const origin = paged.odd === 'foreign' ? 'http://127.0.0.2:9' : this.url;
		const address = { absolute: `${origin}/records?${query}`, path: `/records?${query}`, query: `?${query}` }[
			paged.odd === 'foreign' ? 'absolute' : paged.address
		];
		const absent = { null: { next: null }, missing: {}, empty: { next: '' } }[blank];
		if (style === 'link-header')
			headers.link = [
				`<${this.url}/records?first=1>; rel="first"`,
				...(next === undefined ? [] : [`<${address}>; title="a, b"; rel="next last"`]),
			].join(', ');
		else if (style === 'next-url') Object.assign(signs, next === undefined ? absent : { next: address });
		else if (style === 'cursor' && cursor === 'header') Object.assign(headers, next === undefined ? {} : { 'X-Next': next });
		else if (style === 'cursor' && cursor !== 'lastId')
			Object.assign(signs, next === undefined ? absent : { next: cursor === 'number' ? Number(next) : next });
		const counts = { total, totalAsText: String(total), totalOfPage: records.length } as { [end: string]: unknown };
		if (end === 'hasMore') signs.hasMore = !isLast;
		else if (end === 'done') signs.done = isLast;
		else if (end === 'pages') signs.pages = pages;
		else if (end !== 'none') signs.total = counts[end];
		for (const [name, value] of bare ? Object.entries(signs) : []) if (value !== null) headers[`x-${name}`] = String(value);
		return { status: 200, body: bare ? records : { data: records, paging: signs }, headers };
	}

	/** A temporarily empty list. */
	private emptied(): Answer {
		return this.answerWith(this.world.paged, [], { isLast: true, total: 0, pages: 0 });
	}
}

/** By how many milliseconds work is late. If that is within bounds, it is also listed before the engine stops waiting. */
export function lateness(late: number, { lag }: World): number {
	return late > 1 ? late : Math.floor(late * Math.max(0, SETTLED - lag));
}

/** Whether a failure leaves it open whether the work was done. */
function isDoubtful(failing: Failing): boolean {
	if (failing.kind !== 'status') return failing.kind !== 'emptyList';
	const { status, retryAfter } = failing;
	return status === 408 || (status === 503 ? retryAfter === undefined : status >= 500);
}

const NOT_FOUND: Answer = { status: 404, body: { message: 'There is no such record' } };

function send(response: http.ServerResponse, { status, body, text, headers = {} }: Answer): void {
	const payload = text ?? (body === undefined ? '' : JSON.stringify(body));
	response.writeHead(status, {
		...(payload === '' ? {} : { 'content-type': text === 'OK' ? 'text/plain' : 'application/json' }),
		...headers,
	});
	response.end(payload);
}

/** The record that the vendor creates from a request body. */
export function recordOf({ absent, identified }: World, body: Entered, id: string | number): VendorRecord {
	const known = ['label', 'uid', 'scope', 'owner', 'meta', 'note'].filter(
		(name) => identified.match.some((property) => property.split('/').includes(name)) || name !== 'meta',
	);
	const entries = known.flatMap((name): Array<[string, Json]> => {
		const value = body[name] ?? DEFAULTS[name] ?? null;
		return value !== null || absent === 'null' ? [[name, value]] : [];
	});
	return { id, ...(Object.fromEntries(entries) as { label: Json }), version: 1 };
}

/** The record after an update with a request body. */
export function updated(before: VendorRecord, body: Entered): VendorRecord {
	const { secret: _secret, ...values } = body;
	return { ...before, ...(values as object), version: before.version + 1 };
}
