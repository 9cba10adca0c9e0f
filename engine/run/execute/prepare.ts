import type { IExecuteFunctions } from 'n8n-workflow';
import type { Json, Vendor } from '../../model';
import { STORE } from '../../model/layout';
import { valueAt } from '../../model/pointer';
import { isRecord } from '../response/response';
import { referencesIn } from '../request/body';
import { credentialOf, type NodeCredential } from '../credentials/credential';
import { checkByRules, coerced, ofAnotherList, rulesOf, type Rules, type Unknown } from './dynamic';
import type { EnteredValues } from './entered';
import { invalid, toFailure, type Failure } from '../transport/errors';
import { identityProblems } from './match';
import type { ChosenOperation } from '../input/operation';
import { readItem, type ReadItem } from './item';
import { OncePerValue } from '../credentials/once';
import { readOptions, type Options } from '../input/options';
import type { Pace } from '../pacing/pace';
import { problem, type Problem } from '../problems/problem';
import { withoutSecrets } from '../problems/sentences';
import type { Values } from '../input/read';
import { currentRequestOf, withValues } from '../request/reference';
import { requestOf, type RequestInputs } from '../request/request';
import { Redactor, secretsOf } from '../credentials/secrets';
import { Connection } from '../transport/send';
import { storeOf, type Store } from '../credentials/store';
import { append, has } from '../../model/values';

/** One item, ready to be sent. */
export interface Ready extends Pick<ReadItem, 'request' | 'inputs'> {
	connection: Connection;
	values: Values;
	options: Options;
}

/** An item that is not to be sent, and what must not be said of it as far as it could be read. */
export interface Unfit {
	failure: Failure;
	redactor?: Redactor;
}

/** Reads and checks the items of a run. What the vendor is asked for on the way is asked once. */
export class Preparation {
	private readonly rules = new Map<string, Promise<Rules | Unknown>>();
	private readonly credentials: OncePerValue<NodeCredential>;
	private readonly stores: OncePerValue<Store>;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly vendor: Vendor,
		private readonly operation: ChosenOperation,
		private readonly entered: EnteredValues,
		private readonly pace: Pace,
	) {
		// n8n copies it each time that it is asked for.
		const node = context.getNode();
		const count = context.getInputData().length;
		this.credentials = new OncePerValue(
			(item) => credentialOf(context, vendor.credential, item, node),
			({ fingerprint: mark }) => mark,
			count,
		);
		this.stores = new OncePerValue(
			(item) => storeOf(context, item),
			(store) => JSON.stringify([...store]),
			count,
		);
	}

	/** @returns the item, or everything that is wrong with it */
	async item(itemIndex: number): Promise<Ready | Unfit> {
		try {
			return await this.prepared(itemIndex);
		} catch (error) {
			return { failure: toFailure(error) };
		}
	}

	private async prepared(itemIndex: number): Promise<Ready | Unfit> {
		const { context, vendor, operation } = this;
		const credential = await this.credentials.of(itemIndex);
		const values = this.entered.of(itemIndex);
		const { options, problems: wrongOptions } = readOptions(values);
		const store = values(STORE.parameter) === STORE.stored ? await this.stores.of(itemIndex) : undefined;
		const read = readItem(operation, values, credential.baseUrl, context.getTimezone(), store);
		let { request, inputs } = read;
		const redactor = new Redactor([...credential.secrets, ...inputs.flatMap(({ input, value }) => secretsOf(input.field, value))]);
		const connection = new Connection(context, vendor, credential, redactor, options.timeout, itemIndex, this.pace);
		const problems = [...credential.problems, ...read.problems, ...this.missingFiles(itemIndex, read), ...wrongOptions];
		if (problems.length === 0 && operation.looksFirst) {
			const finder = vendor.references[operation.looksFirst.find.operation];
			append(problems, identityProblems(operation, operation.looksFirst, finder, currentRequestOf(read.inputs), values));
		}
		if (problems.length === 0 && read.named.length > 0) {
			const answered = await this.askVendor(connection, read);
			if ('failure' in answered) return { ...answered, redactor };
			append(problems, answered.problems);
			inputs = answered.inputs;
			({ request } = requestOf(operation, inputs, credential.baseUrl));
		}
		if (problems.length === 0) return { request, inputs, connection, values, options };
		return { failure: invalid(problems.map((one) => withoutSecrets(one, (text) => redactor.text(text)))), redactor };
	}

	/** Files that the item does not have. */
	private missingFiles(itemIndex: number, { request }: ReadItem): Problem[] {
		const binary = this.context.getInputData()[itemIndex]?.binary ?? {};
		const missing = referencesIn(request.body).filter(({ property }) => !has(binary, property));
		return missing.map(({ property, label }) => problem('file', { label }, '', { property }));
	}

	/**
	 * Checks what only the vendor knows the names of.
	 * @returns also the values of the item, in the types that the vendor wants
	 */
	private async askVendor(
		connection: Connection,
		{ inputs, named }: ReadItem,
	): Promise<{ problems: Problem[]; inputs: RequestInputs } | { failure: Failure }> {
		const currentRequest = currentRequestOf(inputs);
		const problems: Problem[] = [];
		const typed = new Map<string, Json>();
		for (const rows of named) {
			const { field, pointer, picked, leftOut } = rows;
			const { dynamic } = field;
			const value: Json | undefined = leftOut ? {} : valueAt(currentRequest, pointer);
			// A plain list of names asks for none of them.
			if (!dynamic || !isRecord(value) || (dynamic.schema === undefined && picked.length === 0)) continue;
			const rules = await this.rulesFor(connection, dynamic, currentRequest);
			if ('failure' in rules) {
				// Where the vendor tells nothing (404), and no schema was counted on, it will say itself what it refuses.
				if (rules.failure.status === 404 && (leftOut ?? dynamic.schema === undefined)) continue;
				return rules;
			}
			if ('missing' in rules) continue;
			if ('offered' in rules) {
				if (!rules.none) problems.push(rules.offered);
				continue;
			}
			const own = coerced(value, rules);
			append(problems, [...ofAnotherList(rows, rules), ...checkByRules(field, own, pointer, rules)]);
			if (leftOut !== true) typed.set(pointer, own);
		}
		return { problems, inputs: withValues(inputs, typed) };
	}

	private async rulesFor(
		connection: Connection,
		dynamic: Parameters<typeof rulesOf>[2],
		currentRequest: ReturnType<typeof currentRequestOf>,
	): Promise<Rules | Unknown> {
		const places = [...Object.values(dynamic.with ?? {}), ...Object.values(dynamic.match ?? {})].map((place) =>
			valueAt(currentRequest, place),
		);
		const key = JSON.stringify([connection.credential.fingerprint, dynamic.method, currentRequest.path, places]);
		const known = this.rules.get(key) ?? rulesOf(connection, this.vendor, dynamic, currentRequest);
		this.rules.set(key, known);
		return await known;
	}
}
