import { parseArgs, type ParseArgsConfig } from 'node:util';

import { Problem } from '../../scripts/n8n/problem';
import type { Topic } from './help';

/** A document, and which of its operations to use. */
export interface DocumentArguments {
	/** Path of the OpenAPI document, or `-`. */
	file: string;
	/** Path of the overlay; without it, the one that lies beside the document. */
	overlay?: string;
	operation?: string;
}

export interface ParametersArguments extends DocumentArguments {
	/** Path of the JSON with the request, or `-`. */
	request: string;
}

export interface RequestArguments extends DocumentArguments {
	/** Path of the JSON with the parameters, or `-`. */
	parameters: string;
	baseUrl?: string;
	reveal: boolean;
}

export interface DiffArguments {
	/** Path of the vendor's document, or `-`. */
	file: string;
	/** Path of the document that workflows were stored with. */
	ours: string;
	/** Path of its overlay; without it, the one that lies beside it. */
	overlay?: string;
}

export interface AddArguments {
	file: string;
	overlay?: string;
	name?: string;
	operations: string[];
}

export interface UpdateArguments {
	/** The vendor: the name of its folder below nodes/, or what it is called. */
	vendor: string;
	/** Path of the vendor's new document, or `-`. */
	file: string;
	/** Write also what breaks stored workflows. */
	force: boolean;
}

export interface LifecycleArguments {
	/** Path of the OpenAPI document, or `-`. */
	file: string;
	overlay?: string;
	/** Create operations, as `METHOD /path`; if empty, all that create something like a credential. */
	operations: string[];
	/** List every operation and input instead of whole life cycles. */
	all: boolean;
}

export interface ListArguments {
	/** Path of the OpenAPI document, or `-`. */
	file: string;
	overlay?: string;
}

/** A parsed command line. */
export type Arguments =
	| { command: 'help'; topic: Topic }
	| ({ command: 'describe' } & DocumentArguments)
	| ({ command: 'parameters' } & ParametersArguments)
	| ({ command: 'request' } & RequestArguments)
	| ({ command: 'add' } & AddArguments)
	| ({ command: 'list' } & ListArguments)
	| ({ command: 'lifecycle' } & LifecycleArguments)
	| ({ command: 'diff' } & DiffArguments)
	| ({ command: 'update' } & UpdateArguments);

/** The command line is invalid. */
export class UsageError extends Problem {}

const COMMANDS = ['describe', 'parameters', 'request', 'add', 'list', 'lifecycle', 'diff', 'update'] as const;
type Command = (typeof COMMANDS)[number];

const TEXT = { type: 'string', multiple: true } as const;
const FLAG = { type: 'boolean' } as const;
const OPTIONS: { [command in Command]: NonNullable<ParseArgsConfig['options']> } = {
	describe: { operation: TEXT, overlay: TEXT },
	parameters: { operation: TEXT, request: TEXT, overlay: TEXT },
	request: { operation: TEXT, parameters: TEXT, 'base-url': TEXT, reveal: FLAG, overlay: TEXT },
	add: { operation: TEXT, name: TEXT, overlay: TEXT },
	list: { overlay: TEXT },
	lifecycle: { operation: TEXT, all: FLAG, overlay: TEXT },
	diff: { overlay: TEXT },
	update: { force: FLAG },
};

/**
 * Parses a command line.
 * @throws UsageError with a sentence about what is wrong and what to do
 */
export function readArguments(argv: string[]): Arguments {
	const [first, ...rest] = argv;
	if (first === undefined)
		throw new UsageError(
			'Say what to do: describe, parameters, request, add, list, lifecycle, diff or update. "npm run vendor -- --help" explains them.',
		);
	if (first === '--help' || first === '-h' || first === 'help') return { command: 'help', topic: isCommand(rest[0]) ? rest[0] : 'vendor' };
	if (!isCommand(first)) throw new UsageError(`There is no command "${first}". There are: ${COMMANDS.join(', ')}.`);
	const { values, files } = parse(first, rest);
	if (values.help) return { command: 'help', topic: first };
	const [file, second] = files;
	if (first === 'update') {
		if (second === undefined || files.length > 2)
			throw new UsageError('Name the vendor and its new document: vendor update <Vendor> <their new document>.');
		return { command: first, vendor: file, file: second, force: values.force === true };
	}
	if (file === undefined) throw new UsageError(`Name the OpenAPI document: vendor ${first} <openapi file>, or "-" for standard input.`);
	if (first === 'diff') {
		if (second === undefined || files.length > 2)
			throw new UsageError('Name two documents: vendor diff <their new document> <our document>.');
		return { command: first, file, ours: second, ...overlayIn(values) };
	}
	if (second !== undefined)
		throw new UsageError(
			`There is one OpenAPI document for each call, but there are "${file}" and "${second}". An operation is written in ` +
				'quotation marks: --operation "POST /path".',
		);
	return argumentsOf(first, file, values);
}

type Values = { [option: string]: string[] | true | undefined };

function argumentsOf(command: Exclude<Command, 'diff' | 'update'>, file: string, values: Values): Arguments {
	const operations = (values.operation ?? []) as string[];
	if (command === 'add') return { command, file, ...one('name', values), ...overlayIn(values), operations };
	if (command === 'list') return { command, file, ...overlayIn(values) };
	if (command === 'lifecycle') {
		if (values.all === true && operations.length > 0)
			throw new UsageError('Give --all or --operation, not both: --all is every operation.');
		return { command, file, ...overlayIn(values), operations, all: values.all === true };
	}
	const document = { file, ...overlayIn(values), ...one('operation', values) };
	switch (command) {
		case 'describe':
			return { command, ...document };
		case 'parameters':
			return { command, ...document, request: needed('request', command, file, values) };
		case 'request':
			return {
				command,
				...document,
				parameters: needed('parameters', command, file, values),
				...addressOf(values),
				reveal: values.reveal === true,
			};
	}
}

function parse(command: Command, argv: string[]): { values: Values; files: string[] } {
	const known = OPTIONS[command];
	try {
		const { values, positionals } = parseArgs({
			args: argv,
			options: { ...known, help: { type: 'boolean', short: 'h' } },
			allowPositionals: true,
		});
		return { values: values as Values, files: positionals };
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		const option = /'(?:-\w, )?(-[^' =]*)/.exec(message)?.[1] ?? '';
		if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
			throw new UsageError(
				`"vendor ${command}" has no option ${option}. There are: ${Object.keys(known)
					.map((name) => `--${name}`)
					.join(', ')}.`,
			);
		}
		const wants = (known[option.slice(2)]?.type ?? 'boolean') === 'string';
		throw new UsageError(
			wants ? `${option} needs a value after it. "vendor ${command} --help" has an example.` : `${option} takes no value.`,
		);
	}
}

/** The value of an option that may occur only once. */
function one<Name extends string>(name: Name, values: Values): { [key in Name]?: string } {
	const all = (values[name] ?? []) as string[];
	if (all.length > 1) throw new UsageError(`--${name} is given ${all.length} times, but can be given once.`);
	return all.length === 1 ? ({ [name]: all[0] } as { [key in Name]: string }) : {};
}

function needed(name: 'request' | 'parameters', command: Command, file: string, values: Values): string {
	const given = one(name, values)[name];
	if (given === undefined) throw new UsageError(`"vendor ${command}" needs --${name} <file.json>, or --${name} - for standard input.`);
	if (given === '-' && file === '-') throw new UsageError(`Only one of the two can come from standard input: the document or --${name}.`);
	return given;
}

function overlayIn(values: Values): { overlay?: string } {
	const given = one('overlay', values);
	if (given.overlay === '-') throw new UsageError('--overlay takes the path of a file, not standard input.');
	return given;
}

function addressOf(values: Values): { baseUrl?: string } {
	const given = one('base-url', values)['base-url'];
	if (given === undefined) return {};
	if (!/^https?:\/\/[^\s/?#]+[^\s?#]*$/i.test(given))
		throw new UsageError(`--base-url should be a complete address, such as https://api.example.com, but is "${given}".`);
	return { baseUrl: given };
}

function isCommand(text: string | undefined): text is Command {
	return (COMMANDS as readonly (string | undefined)[]).includes(text);
}
