"""arXiv's category tree: groups, archives and categories with their official names, and what a short code stands for.

An archive that was closed stands below the category that took it in: cmp-lg below cs.CL.

The names are facts of https://arxiv.org/category_taxonomy. Codes of other schemes have no parent here.
"""

GROUP_PHYSICS = "grp_physics"

# Archive, the group above it or "-", its name; then its categories as `suffix Name`, one a line.
_TABLE = """
cs - Computer Science
  AI Artificial Intelligence
  AR Hardware Architecture
  CC Computational Complexity
  CE Computational Engineering, Finance, and Science
  CG Computational Geometry
  CL Computation and Language
  CR Cryptography and Security
  CV Computer Vision and Pattern Recognition
  CY Computers and Society
  DB Databases
  DC Distributed, Parallel, and Cluster Computing
  DL Digital Libraries
  DM Discrete Mathematics
  DS Data Structures and Algorithms
  ET Emerging Technologies
  FL Formal Languages and Automata Theory
  GL General Literature
  GR Graphics
  GT Computer Science and Game Theory
  HC Human-Computer Interaction
  IR Information Retrieval
  IT Information Theory
  LG Machine Learning
  LO Logic in Computer Science
  MA Multiagent Systems
  MM Multimedia
  MS Mathematical Software
  NA Numerical Analysis
  NE Neural and Evolutionary Computing
  NI Networking and Internet Architecture
  OH Other Computer Science
  OS Operating Systems
  PF Performance
  PL Programming Languages
  RO Robotics
  SC Symbolic Computation
  SD Sound
  SE Software Engineering
  SI Social and Information Networks
  SY Systems and Control
econ - Economics
  EM Econometrics
  GN General Economics
  TH Theoretical Economics
eess - Electrical Engineering and Systems Science
  AS Audio and Speech Processing
  IV Image and Video Processing
  SP Signal Processing
  SY Systems and Control
math - Mathematics
  AC Commutative Algebra
  AG Algebraic Geometry
  AP Analysis of PDEs
  AT Algebraic Topology
  CA Classical Analysis and ODEs
  CO Combinatorics
  CT Category Theory
  CV Complex Variables
  DG Differential Geometry
  DS Dynamical Systems
  FA Functional Analysis
  GM General Mathematics
  GN General Topology
  GR Group Theory
  GT Geometric Topology
  HO History and Overview
  IT Information Theory
  KT K-Theory and Homology
  LO Logic
  MG Metric Geometry
  MP Mathematical Physics
  NA Numerical Analysis
  NT Number Theory
  OA Operator Algebras
  OC Optimization and Control
  PR Probability
  QA Quantum Algebra
  RA Rings and Algebras
  RT Representation Theory
  SG Symplectic Geometry
  SP Spectral Theory
  ST Statistics Theory
astro-ph grp_physics Astrophysics
  CO Cosmology and Nongalactic Astrophysics
  EP Earth and Planetary Astrophysics
  GA Astrophysics of Galaxies
  HE High Energy Astrophysical Phenomena
  IM Instrumentation and Methods for Astrophysics
  SR Solar and Stellar Astrophysics
cond-mat grp_physics Condensed Matter
  dis-nn Disordered Systems and Neural Networks
  mes-hall Mesoscale and Nanoscale Physics
  mtrl-sci Materials Science
  other Other Condensed Matter
  quant-gas Quantum Gases
  soft Soft Condensed Matter
  stat-mech Statistical Mechanics
  str-el Strongly Correlated Electrons
  supr-con Superconductivity
gr-qc grp_physics General Relativity and Quantum Cosmology
hep-ex grp_physics High Energy Physics - Experiment
hep-lat grp_physics High Energy Physics - Lattice
hep-ph grp_physics High Energy Physics - Phenomenology
hep-th grp_physics High Energy Physics - Theory
math-ph grp_physics Mathematical Physics
nlin grp_physics Nonlinear Sciences
  AO Adaptation and Self-Organizing Systems
  CD Chaotic Dynamics
  CG Cellular Automata and Lattice Gases
  PS Pattern Formation and Solitons
  SI Exactly Solvable and Integrable Systems
nucl-ex grp_physics Nuclear Experiment
nucl-th grp_physics Nuclear Theory
physics grp_physics Physics
  acc-ph Accelerator Physics
  ao-ph Atmospheric and Oceanic Physics
  app-ph Applied Physics
  atm-clus Atomic and Molecular Clusters
  atom-ph Atomic Physics
  bio-ph Biological Physics
  chem-ph Chemical Physics
  class-ph Classical Physics
  comp-ph Computational Physics
  data-an Data Analysis, Statistics and Probability
  ed-ph Physics Education
  flu-dyn Fluid Dynamics
  gen-ph General Physics
  geo-ph Geophysics
  hist-ph History and Philosophy of Physics
  ins-det Instrumentation and Detectors
  med-ph Medical Physics
  optics Optics
  plasm-ph Plasma Physics
  pop-ph Popular Physics
  soc-ph Physics and Society
  space-ph Space Physics
quant-ph grp_physics Quantum Physics
q-bio - Quantitative Biology
  BM Biomolecules
  CB Cell Behavior
  GN Genomics
  MN Molecular Networks
  NC Neurons and Cognition
  OT Other Quantitative Biology
  PE Populations and Evolution
  QM Quantitative Methods
  SC Subcellular Processes
  TO Tissues and Organs
q-fin - Quantitative Finance
  CP Computational Finance
  EC Economics
  GN General Finance
  MF Mathematical Finance
  PM Portfolio Management
  PR Pricing of Securities
  RM Risk Management
  ST Statistical Finance
  TR Trading and Market Microstructure
stat - Statistics
  AP Applications
  CO Computation
  ME Methodology
  ML Machine Learning
  OT Other Statistics
  TH Statistics Theory
"""

# Archives that arXiv no longer takes papers for: code, the category that took them in, name. Their papers keep the code.
_CLOSED = """
acc-phys physics.acc-ph Accelerator Physics
adap-org nlin.AO Adaptation, Noise, and Self-Organizing Systems
alg-geom math.AG Algebraic Geometry
ao-sci physics.ao-ph Atmospheric-Oceanic Sciences
atom-ph physics.atom-ph Atomic, Molecular and Optical Physics
bayes-an physics.data-an Bayesian Analysis
chao-dyn nlin.CD Chaotic Dynamics
chem-ph physics.chem-ph Chemical Physics
cmp-lg cs.CL Computation and Language
comp-gas nlin.CG Cellular Automata and Lattice Gases
dg-ga math.DG Differential Geometry
funct-an math.FA Functional Analysis
mtrl-th cond-mat.mtrl-sci Materials Theory
patt-sol nlin.PS Pattern Formation and Solitons
plasm-ph physics.plasm-ph Plasma Physics
q-alg math.QA Quantum Algebra and Topology
solv-int nlin.SI Exactly Solvable and Integrable Systems
supr-con cond-mat.supr-con Superconductivity
"""


def _read(table: str) -> dict[str, tuple[str, str | None]]:
    categories: dict[str, tuple[str, str | None]] = {GROUP_PHYSICS: ("Physics (group)", None)}
    archive = ""
    for line in table.strip().splitlines():
        if line.startswith(" "):
            suffix, name = line.split(None, 1)
            categories[f"{archive}.{suffix}"] = (name, archive)
        else:
            archive, group, name = line.split(None, 2)
            categories[archive] = (name, None if group == "-" else group)
    for line in _CLOSED.strip().splitlines():
        archive, heir, name = line.split(None, 2)
        categories[archive] = (name, heir)
    return categories


# Code -> name, code of the parent.
CATEGORIES: dict[str, tuple[str, str | None]] = _read(_TABLE)


def name_of(code: str) -> str | None:
    """The official name of a code of arXiv; None for any other."""
    return CATEGORIES[code][0] if code in CATEGORIES else None


def parent_of(code: str) -> str | None:
    """The code above a code of arXiv; None at the top and for any other code."""
    return CATEGORIES[code][1] if code in CATEGORIES else None


def resolve(code: str) -> str:
    """The full code of a short one: "LG" is cs.LG, "NC" q-bio.NC. Computer science comes first; a suffix that several
    other archives have stays as it was given, and so does what arXiv does not know."""
    if code in CATEGORIES:
        return code
    if (first := f"cs.{code}") in CATEGORIES:
        return first
    ending = [full for full in CATEGORIES if full.endswith(f".{code}")]
    return ending[0] if len(ending) == 1 else code
