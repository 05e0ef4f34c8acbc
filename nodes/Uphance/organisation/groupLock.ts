interface Waiter {
	group: number;
	admit: (mode: 'shared' | 'exclusive') => void;
}

/**
 * A lock whose holders of one group run together, while a change of group excludes everybody: it waits for those
 * inside, and until it is settled nobody else enters. First come, first served.
 */
export class GroupLock {
	/** The group inside, or the last one; undefined when nobody can say. */
	current?: number;

	private active = 0;

	private changing = false;

	private waiters: Waiter[] = [];

	/** Tells whether somebody is inside or changes the group. */
	get isBusy(): boolean {
		return this.active > 0 || this.changing;
	}

	/**
	 * Waits until the group may enter. A caller that enters in mode 'exclusive' changed the group and must call `settle`.
	 *
	 * @throws the signal's reason when it aborts while this waits
	 */
	async enter(group: number, signal?: AbortSignal): Promise<'shared' | 'exclusive'> {
		signal?.throwIfAborted();
		return await new Promise((resolve, reject) => {
			const waiter: Waiter = {
				group,
				admit: (mode) => {
					signal?.removeEventListener('abort', onAbort);
					resolve(mode);
				},
			};
			const onAbort = () => {
				this.waiters = this.waiters.filter((each) => each !== waiter);
				reject(signal?.reason);
				this.dispatch();
			};
			signal?.addEventListener('abort', onAbort, { once: true });
			this.waiters.push(waiter);
			this.dispatch();
		});
	}

	/** Enters the current group at once. */
	join(): void {
		this.active += 1;
	}

	/** Begins a change of group that excludes everybody until `settle`; only when the lock is not busy. */
	change(group: number): void {
		this.changing = true;
		this.current = group;
	}

	/** Ends a change of group. @param succeeded otherwise nobody can say which group is current */
	settle(succeeded: boolean): void {
		this.changing = false;
		if (!succeeded) this.current = undefined;
		this.dispatch();
	}

	leave(): void {
		this.active -= 1;
		this.dispatch();
	}

	private dispatch(): void {
		for (let next = this.waiters[0]; next && !this.changing; next = this.waiters[0]) {
			const joins = next.group === this.current;
			if (!joins && this.active > 0) return;
			this.waiters.shift();
			this.active += 1;
			if (!joins) this.change(next.group);
			next.admit(joins ? 'shared' : 'exclusive');
		}
	}
}
