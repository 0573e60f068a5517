"""Words of addresses: those of subjects, which stand for departments, and those of bodies, which are no places."""

_SUBJECTS = """
medicine medical clinical internal science sciences computer computing computational computation data software systems
information technology technologies mechanical electrical civil chemical biomedical environmental industrial applied theoretical
experimental natural life earth space social political public health nursing law business management administration finance
accounting marketing education arts humanities philosophy history languages literature music psychology diseases disease
endocrine metabolic metabolism nutrition diabetes oncology nuclear particle plasma atomic molecular cell cellular structural
organic inorganic physical analytical agriculture agricultural forestry food plant animal veterinary dental dentistry oral
mathematical math maths theory operations artificial intelligence machine learning vision automation control communication
communications telecommunications media design architecture urban regional planning policy international studies economics
economic econometrics energy power aerospace aeronautical optics optical imaging biomedicine neuroscience neurosciences immunity
infection infectious cancer cardiovascular heart kidney renal pediatric pediatrics paediatrics paediatric obstetrics anesthesia
anaesthesia emergency critical care family community rehabilitation sport sports human movement cognitive behavioral behavioural
developmental evolution evolutionary marine oceanic atmospheric climate water soil mining petroleum textile polymer engineering
electronics physics chemistry mathematics statistics surgery geodesy navigation astronautics logic graduate undergraduate
advanced general modern of the and for in & de und et y e la der fur
"""
SUBJECTS = frozenset(_SUBJECTS.split())

# Words of a name of an institution or a company: what has one of them is no place.
_BODIES = """
university college institute school academy hospital hospitals clinic clinics laboratory laboratories research corporation
incorporated inc corp limited ltd gmbh ag llc llp plc kg sa srl bv nv ab oy oyj spa pty kk co company companies group
technologies systems labs lab ai foundation ministry council agency museum observatory bank institution center centre consortium
society association organization organisation union authority commission bureau office enterprise holding holdings solutions
software therapeutics pharmaceuticals pharma biotech robotics consulting services network medical infirmary polytechnic
politecnico ecole hochschule klinikum krankenhaus ospedale azienda irccs cnrs inserm inria cnr csic max planck helmholtz
fraunhofer
"""
BODIES = frozenset(_BODIES.split())

# Bodies that are known by letters: such a part is no abbreviation of a unit.
_ACRONYMS = """
aist amd arm att bbn bbc bmw bnl bt cas cea cern cnr cnrs csic csiro darpa desy dfki dlr eads embl enea ens epfl esa esrf eth
eso fao fbk fda gist gsi hku hkust hp huawei ibm idsia iisc iit imec infn inria inserm isi jpl kaist kaust kek kit kth lanl
lbnl lg llnl lmu mbl mit mri nasa nec nict nih nims nist noaa nrc nrel nsf ntt ntu nus nvidia nyu oecd ornl pku pnnl postech
ptb riken rwth sap sintef slac snu sri sjtu tno tsmc tu tud tue tum ucb ucd ucl ucla ucsb ucsd unam unc unesco unicef unist
upc upenn us usc usda usgs ustc usp vtt who wwf
"""
ACRONYMS = frozenset(_ACRONYMS.split())

# What companies have behind their names.
_COMPANIES = "ag gmbh inc corp corporation ltd limited llc plc srl bv nv ab oy oyj kk pty kg incorporated company"
COMPANIES = frozenset(_COMPANIES.split())
