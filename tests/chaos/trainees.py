"""Trainees, and what sites ask about them: right codes, several times at once, and wrong ones."""

import random
import time
from dataclasses import dataclass, field
from itertools import count

from motp_protocol.code import code_for_step, step_at
from tests.chaos.history import Ask
from tests.unit.verifier.site_world import Device, World

SCHOOL = "school"
GUESSED_AT = 5
"""Of so many trainees one is somebody whose code others guess."""


@dataclass(slots=True)
class _Trainee:
    id: str
    device: Device
    last_step: int = 0
    asked: list[Ask] = field(default_factory=list)


class Trainees:
    """Decides what is asked next: by `seed` and the clock, never by what was answered."""

    def __init__(self, world: World, number: int, seed: int) -> None:
        ids = [f"t{each}" for each in range(number)]
        world.add_to_roster(SCHOOL, *(f"홍길동,010-5{int(i[1:]):07d},{i}" for i in ids))
        self._all = [_Trainee(each, world.register(SCHOOL, each)) for each in ids]
        self._random = random.Random(seed)
        self._numbers = count()

    @property
    def devices(self) -> dict[str, Device]:
        """The registration of each trainee."""
        return {each.id: each.device for each in self._all}

    def next(self) -> list[Ask]:
        """What is asked at once."""
        chance = self._random
        place = chance.randrange(len(self._all))
        trainee = self._all[place]
        what = chance.random()
        if what < 0.15 and trainee.asked:
            # To the letter as before, perhaps while the first is under way.
            return [chance.choice(trainee.asked[-8:])] * chance.choice((1, 2))
        if what < 0.3 and trainee.asked:
            code = chance.choice(trainee.asked).code
        elif what < (0.9 if place % GUESSED_AT == 0 else 0.4):
            code = self._wrong(trainee)
        else:
            code = self._right(trainee)
        return [self._ask(trainee, code) for _ in range(chance.choice((1, 1, 2, 4)))]

    def _ask(self, trainee: _Trainee, code: str) -> Ask:
        number = next(self._numbers)
        key = f"key-{number}" if self._random.random() < 0.5 else None
        ask = Ask(number, trainee.id, code, key)
        if key is not None:
            trainee.asked.append(ask)
        return ask

    def _right(self, trainee: _Trainee) -> str:
        """A code that was not asked before, unless the window has no more of them."""
        now = step_at(time.time_ns() // 1_000_000, trainee.device.profile)
        trainee.last_step = min(max(trainee.last_step + 1, now - 1), now + 1)
        return self._code(trainee, trainee.last_step)

    def _wrong(self, trainee: _Trainee) -> str:
        now = step_at(time.time_ns() // 1_000_000, trainee.device.profile)
        right = {self._code(trainee, now + steps) for steps in range(-5, 6)}
        return next(code for code in (f"{n:06d}" for n in range(20)) if code not in right)

    def _code(self, trainee: _Trainee, step: int) -> str:
        return code_for_step(trainee.device.seed, step, trainee.device.profile)
