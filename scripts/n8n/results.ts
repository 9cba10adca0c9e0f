import type { Run } from './run';

/** The outcome of a run for one vendor. */
export interface Result {
	vendor: string;
	variant: string;
	/** The credential's id, or the link for the customer; undefined if nothing was created. */
	created?: string;
	/** Execution time of the vendor's node. */
	milliseconds?: number;
	/** Why nothing was created. */
	problem?: string;
}

/**
 * Reads what the vendor's node created in a run from `credentialId` and `link` of its first item.
 *
 * @param nodeNames the names of the vendor's nodes in the workflow; the last one that ran counts.
 */
export function readResult(run: Run, nodeNames: string[]): Pick<Result, 'created' | 'milliseconds' | 'problem'> {
	const last = nodeNames.flatMap((name) => run.nodes[name] ?? []).at(-1);
	const error = last?.error ?? run.error;
	const milliseconds = last?.executionTime;
	if (error) return { milliseconds, problem: [error.message, error.description].filter(Boolean).join(' – ') };
	if (!last) return { problem: `the run ended (${run.status}) before the node was reached` };

	const json = last.data?.main?.[0]?.[0]?.json ?? {};
	const created = [json.credentialId, json.link].find((value) => typeof value === 'number' || (typeof value === 'string' && value !== ''));
	if (created !== undefined) return { milliseconds, created: String(created) };
	// A node that continues after a failure reports it in its item.
	const said = json.error ?? json.outcome ?? 'its output has neither credentialId nor link';
	return { milliseconds, problem: typeof said === 'string' ? said : JSON.stringify(said) };
}

/** The results as a table, followed by the reasons why something was not created. */
export function formatResults(results: Result[]): string {
	const header = ['Vendor', 'Variant', 'Credential id or link', 'ms'];
	const rows = results.map(({ vendor, variant, created, milliseconds }) => [
		vendor,
		variant,
		created ?? 'not created',
		milliseconds === undefined ? '' : String(milliseconds),
	]);
	const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column].length)));
	const line = (cells: string[]) =>
		cells
			.map((cell, column) => (column === cells.length - 1 ? cell.padStart(widths[column]) : cell.padEnd(widths[column])))
			.join('  ')
			.trimEnd();
	const rule = widths.map((width) => '─'.repeat(width)).join('  ');
	const problems = results.filter(({ problem }) => problem).map(({ vendor, variant, problem }) => `${vendor}, ${variant}: ${problem}`);
	return [line(header), rule, ...rows.map(line), ...(problems.length > 0 ? ['', ...problems] : [])].join('\n');
}
