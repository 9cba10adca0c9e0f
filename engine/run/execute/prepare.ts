import type { IExecuteFunctions } from 'n8n-workflow';
import type { Dynamic, Json, Vendor } from '../../model';
import { STORE } from '../../model/layout';
import { valueAt } from '../../model/pointer';
import { isRecord } from '../response/response';
import { referencesIn } from '../request/body';
import { credentialOf, type NodeCredential } from '../credentials/credential';
import { checkByRules, coerced, ofAnotherList, rulesOf } from './dynamic';
import type { EnteredValues } from './entered';
import { invalid, toFailure } from '../transport/errors';
import { layoutOf } from './mapperFields';
import { identityProblems } from './match';
import { nodeOf } from '../input/node';
import type { ChosenOperation } from '../input/operation';
import { readItem, type ReadItem } from './item';
import { OncePerValue } from '../credentials/once';
import { readOptions, type Options } from '../input/options';
import type { Pace } from '../pacing/pace';
import { inTurns } from '../pacing/turns';
import { problem, type Problem } from '../problems/problem';
import { withoutSecrets } from '../problems/sentences';
import type { LayoutField, MapperSource } from '../input/mapper';
import type { Values } from '../input/read';
import { currentRequestOf, withValues } from '../request/reference';
import { requestOf, type RequestInputs } from '../request/request';
import { Redactor, secretsOf } from '../credentials/secrets';
import { Connection } from '../transport/send';
import { storeOf, type Store } from '../credentials/store';
import { append, has } from '../../model/values';
import { failed, success, type Failed, type Failure, type Result, type Success } from '../problems/result';

/** One item, ready to be sent. */
export interface Ready extends Pick<ReadItem, 'request' | 'inputs'> {
	connection: Connection;
	values: Values;
	options: Options;
}

/** An item that must not be sent, with a redactor for its secrets if it could be read. */
export interface Unfit extends Failed {
	redactor?: Redactor;
}

export type Prepared = Success<Ready> | Unfit;

/** Reads and checks the items of a run. Rules from the vendor are fetched once and shared. */
export class Preparation {
	private readonly rules = new Map<string, ReturnType<typeof rulesOf>>();
	private readonly credentials: OncePerValue<NodeCredential>;
	private readonly stores: OncePerValue<Store>;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly vendor: Vendor,
		private readonly operation: ChosenOperation,
		private readonly entered: EnteredValues,
		private readonly pace: Pace,
	) {
		const node = nodeOf(context);
		const count = context.getInputData().length;
		this.credentials = new OncePerValue(
			(item) => credentialOf(context, vendor.credential, item, node),
			({ fingerprint }) => fingerprint,
			count,
		);
		this.stores = new OncePerValue(
			(item) => storeOf(context, item),
			(store) => JSON.stringify([...store]),
			count,
		);
	}

	/** @returns the item ready to be sent, or everything that is wrong with it */
	async item(itemIndex: number): Promise<Prepared> {
		try {
			return await this.prepared(itemIndex);
		} catch (error) {
			return failed(toFailure(error));
		}
	}

	private async prepared(itemIndex: number): Promise<Prepared> {
		const { context, vendor, operation } = this;
		const credential = await this.credentials.of(itemIndex);
		const values = this.entered.of(itemIndex);
		const { options, problems: wrongOptions } = readOptions(values);
		const store = values(STORE.parameter) === STORE.stored ? await this.stores.of(itemIndex) : undefined;
		const columns = (context.getInputData()[itemIndex]?.json ?? {}) as MapperSource['columns'];
		const readWith = (layouts?: MapperSource['layouts']) =>
			readItem(operation, values, credential.baseUrl, context.getTimezone(), store, { columns, layouts });
		let read = readWith();
		const redactor = new Redactor([...credential.secrets, ...secretsIn(read, store)]);
		const connection = new Connection(context, vendor, credential, redactor, options.timeout, itemIndex, this.pace);
		const problems = [...credential.problems, ...read.problems, ...this.missingFiles(itemIndex, read), ...wrongOptions];
		if (problems.length === 0 && read.named.some(({ mapped }) => mapped)) {
			const layouts = await this.layoutsOf(connection, read);
			if (!layouts.ok) return { ...layouts, redactor };
			append(problems, layouts.value.problems);
			if (problems.length === 0) {
				read = readWith(layouts.value.layouts);
				redactor.add(secretsIn(read, store));
				append(problems, read.problems);
			}
		}
		let { request, inputs } = read;
		if (problems.length === 0 && operation.looksFirst) {
			const finder = vendor.references[operation.looksFirst.find.operation];
			append(problems, identityProblems(operation, operation.looksFirst, finder, currentRequestOf(read.inputs), values));
		}
		if (problems.length === 0 && read.named.length > 0) {
			const answered = await this.askVendor(connection, read);
			if (!answered.ok) return { ...answered, redactor };
			append(problems, answered.value.problems);
			inputs = answered.value.inputs;
			({ request } = requestOf(operation, inputs, credential.baseUrl));
		}
		if (problems.length === 0) return success({ request, inputs, connection, values, options });
		return { ...failed(invalid(problems.map((one) => withoutSecrets(one, (text) => redactor.text(text))))), redactor };
	}

	/** The fields that the vendor asks for in the maps that n8n's resource mapper holds, by the maps' pointers. */
	private async layoutsOf(
		connection: Connection,
		{ inputs, named }: ReadItem,
	): Promise<Result<{ layouts: Map<string, readonly LayoutField[]>; problems: Problem[] }>> {
		const currentRequest = currentRequestOf(inputs);
		const layouts = new Map<string, readonly LayoutField[]>();
		const problems: Problem[] = [];
		for (const { field, pointer, mapped } of named) {
			const { dynamic } = field;
			if (!mapped || !dynamic) continue;
			const fetched = await this.rulesFor(connection, dynamic, currentRequest);
			if (!fetched.ok && (mapped.isAutomatic || !isUnlisted(fetched.failure, dynamic))) return fetched;
			const rules = fetched.ok ? fetched.value : undefined;
			if (rules?.kind === 'notOffered' && !rules.none) problems.push(rules.problem);
			else if (rules?.kind === 'rules' && (rules.isComplete || !mapped.isAutomatic)) layouts.set(pointer, layoutOf(rules));
			else if (mapped.isAutomatic) problems.push(problem('noFieldList', field, pointer, {}));
			else layouts.set(pointer, []);
		}
		return success({ layouts, problems });
	}

	/** Problems for binary properties that the item lacks. */
	private missingFiles(itemIndex: number, { request }: ReadItem): Problem[] {
		const binary = this.context.getInputData()[itemIndex]?.binary ?? {};
		const missing = referencesIn(request.body).filter(({ property }) => !has(binary, property));
		return missing.map(({ property, label }) => problem('file', { label }, '', { property }));
	}

	/**
	 * Checks maps whose names only the vendor knows.
	 * @returns problems, and the inputs with values converted to the types that the vendor wants
	 */
	private async askVendor(
		connection: Connection,
		{ inputs, named }: ReadItem,
	): Promise<Result<{ problems: Problem[]; inputs: RequestInputs }>> {
		const currentRequest = currentRequestOf(inputs);
		const problems: Problem[] = [];
		const typed = new Map<string, Json>();
		for (const rows of named) {
			const { field, pointer, picked, leftOut } = rows;
			const { dynamic } = field;
			const value: Json | undefined = leftOut ? {} : valueAt(currentRequest, pointer);
			// A plain list of names requires none of them, so there is nothing to check unless some were picked.
			if (!dynamic || !isRecord(value) || (dynamic.schema === undefined && picked.length === 0)) continue;
			const fetched = await this.rulesFor(connection, dynamic, currentRequest);
			if (!fetched.ok) {
				if (leftOut ? fetched.failure.status === 404 : isUnlisted(fetched.failure, dynamic)) continue;
				return fetched;
			}
			const rules = fetched.value;
			if (rules.kind === 'missing') continue;
			if (rules.kind === 'notOffered') {
				if (!rules.none) problems.push(rules.problem);
				continue;
			}
			const own = coerced(value, rules, this.context.getTimezone());
			append(problems, [...ofAnotherList(rows, rules), ...(await inTurns(checkByRules(field, own, pointer, rules)))]);
			if (leftOut !== true) typed.set(pointer, own);
		}
		return success({ problems, inputs: withValues(inputs, typed) });
	}

	private async rulesFor(
		connection: Connection,
		dynamic: Parameters<typeof rulesOf>[2],
		currentRequest: ReturnType<typeof currentRequestOf>,
	): ReturnType<typeof rulesOf> {
		const places = dynamic.sources.map((place) => valueAt(currentRequest, place) ?? null);
		const key = JSON.stringify([connection.credential.fingerprint, dynamic.method, places]);
		const known = this.rules.get(key) ?? rulesOf(connection, this.vendor, dynamic, currentRequest);
		this.rules.set(key, known);
		return await known;
	}
}

/** Whether the vendor has no rules (404) where none are needed: then it refuses by itself what is wrong. */
function isUnlisted({ status }: Failure, { schema }: Dynamic): boolean {
	return status === 404 && schema === undefined;
}

/** The secrets of an item, also those of a resource mapper whose fields are not known yet. With a store, it holds only names. */
function secretsIn({ inputs, named }: ReadItem, store: Store | undefined): string[] {
	const unread = named.flatMap(({ field, mapped }) => (mapped?.unread && !store ? secretsOf(field, mapped.unread) : []));
	return [...inputs.flatMap(({ input, value }) => secretsOf(input.field, value)), ...unread];
}
