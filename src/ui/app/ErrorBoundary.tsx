// Catches our own bugs in a screen; the recipe is kept, and offered as a file.
import { Component, type ErrorInfo, type ReactNode } from "react";
import { toProblem, type Problem } from "../../base/problem";
import { Button, ProblemCard } from "../widgets";

interface ErrorBoundaryProps {
  readonly children: ReactNode;
  /** A change of it tries again. */
  readonly resetKey: string;
  readonly onSaveRecipe: () => void;
}

interface ErrorBoundaryState {
  readonly problem: Problem | null;
  readonly resetKey: string;
}

/** A class, since React offers this to classes only. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { problem: null, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<ErrorBoundaryState> {
    return { problem: { ...toProblem(error), mend: [{ label: "Try again", action: { do: "retry" } }] } };
  }

  static getDerivedStateFromProps(props: ErrorBoundaryProps, state: ErrorBoundaryState): ErrorBoundaryState | null {
    return props.resetKey === state.resetKey ? null : { problem: null, resetKey: props.resetKey };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    const { problem } = this.state;
    if (!problem) return this.props.children;
    return (
      <div className="mx-auto max-w-lg py-16">
        <ProblemCard problem={problem} onMend={() => this.setState({ problem: null })} />
        <div className="mt-4 flex items-center justify-between gap-4 text-s text-ink-2">
          Your recipe is kept. You can also save it now.
          <Button onPress={this.props.onSaveRecipe}>Save the recipe</Button>
        </div>
      </div>
    );
  }
}
