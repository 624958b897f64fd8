"""A slow, obvious embedding layer with a linear layer and softmax, and its back-propagation by hand."""

from __future__ import annotations

import math

PADDING = 1


class NaiveLayer:
    """Lists of floats; the rules are those of calculus, a number at a time."""

    def __init__(self, table: list[list[float]], weights: list[list[float]], bias: list[float]) -> None:
        self.table = [list(row) for row in table]
        self.weights = [list(row) for row in weights]
        self.bias = list(bias)

    def mean(self, seen: list[int]) -> list[float]:
        words = [index for index in seen if index != PADDING]
        dimension = len(self.table[0])
        return [sum(self.table[index][d] for index in words) / len(words) for d in range(dimension)]

    def probabilities(self, seen: list[int]) -> list[float]:
        mean = self.mean(seen)
        scores = [
            sum(weight * value for weight, value in zip(row, mean, strict=True)) + bias
            for row, bias in zip(self.weights, self.bias, strict=True)
        ]
        powers = [math.exp(score - max(scores)) for score in scores]
        return [power / sum(powers) for power in powers]

    def loss(self, inputs: list[list[int]], targets: list[int]) -> float:
        pairs = zip(inputs, targets, strict=True)
        return sum(-math.log(self.probabilities(seen)[target]) for seen, target in pairs) / len(targets)

    def gradients(
        self, inputs: list[list[int]], targets: list[int]
    ) -> tuple[list[list[float]], list[list[float]], list[float]]:
        table = [[0.0] * len(row) for row in self.table]
        weights = [[0.0] * len(row) for row in self.weights]
        bias = [0.0] * len(self.bias)
        for seen, target in zip(inputs, targets, strict=True):
            mean = self.mean(seen)
            words = [index for index in seen if index != PADDING]
            for answer, probability in enumerate(self.probabilities(seen)):
                error = (probability - (answer == target)) / len(targets)
                bias[answer] += error
                for d, value in enumerate(mean):
                    weights[answer][d] += error * value
                    for index in words:
                        table[index][d] += error * self.weights[answer][d] / len(words)
        return table, weights, bias

    def update(self, inputs: list[list[int]], targets: list[int], rate: float) -> list[list[float]]:
        """Take a step down the gradient; that of the table is returned."""
        table, weights, bias = self.gradients(inputs, targets)
        for own, step in ((self.table, table), (self.weights, weights)):
            for row, change in zip(own, step, strict=True):
                row[:] = [value - rate * part for value, part in zip(row, change, strict=True)]
        self.bias = [value - rate * part for value, part in zip(self.bias, bias, strict=True)]
        return table
