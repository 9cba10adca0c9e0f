/** Shows the current step and its duration, one step at a time. */
export interface Progress {
	/** Begins a new step. */
	step(title: string): void;
	/** Sets the current detail of the step, which the next refresh shows. */
	at(detail: string): void;
	/** Ends the step successfully. */
	done(): void;
	/** Ends the step, if any, as failed. */
	failed(): void;
	/** Prints a separate line, between steps or during one. */
	say(text: string): void;
}

/** Where progress is shown: a terminal, or anything that accepts lines. */
export interface Output {
	write(text: string): unknown;
	isTTY?: boolean;
	columns?: number;
}

const FRAMES = [...'⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'];
/** Returns to the start of the line and clears it. */
const CLEAR = '\r\u001b[2K';

/**
 * On a terminal, one line is rewritten; elsewhere (a log, CI), a line is written now and then.
 *
 * @param everyMs how often a line is written if there is no terminal, in milliseconds.
 */
export function createProgress(out: Output = process.stdout, everyMs = 15_000): Progress {
	const live = out.isTTY === true;
	let step: { title: string; detail: string; since: number; timer: NodeJS.Timeout } | undefined;
	let frame = 0;

	const refresh = () => {
		if (!step) return;
		const parts = [step.title, elapsed(step.since), step.detail].filter((part) => part !== '');
		if (!live) {
			out.write(`  ${parts.join(' · ')}\n`);
			return;
		}
		frame = (frame + 1) % FRAMES.length;
		out.write(CLEAR + `${FRAMES[frame]} ${parts.join(' · ')}`.slice(0, (out.columns || 80) - 1));
	};

	const end = (mark: string) => {
		if (!step) return;
		clearInterval(step.timer);
		out.write(`${live ? CLEAR : ''}${mark} ${step.title} · ${elapsed(step.since)}\n`);
		step = undefined;
	};

	return {
		step(title) {
			end('✓');
			step = { title, detail: '', since: Date.now(), timer: setInterval(refresh, live ? 120 : everyMs) };
			// The timer must not keep the process alive; a step that ends before the first refresh only needs the line of `done`.
			step.timer.unref();
		},
		at(detail) {
			if (step) step.detail = detail;
		},
		done: () => end('✓'),
		failed: () => end('✗'),
		say(text) {
			out.write(`${live ? CLEAR : ''}${text}\n`);
		},
	};
}

/** The time since a moment, such as `7 s` or `2:05 min`. */
function elapsed(since: number): string {
	const seconds = Math.round((Date.now() - since) / 1000);
	if (seconds < 60) return `${seconds} s`;
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} min`;
}
